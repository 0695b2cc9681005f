package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.card.Card;
import com.vaadin.flow.component.card.CardVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.catalog.Plan;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Price;
import java.util.Optional;

/** One price as a sentence, its tiers, and a line to try it with: the same arithmetic that bills. */
final class PriceCard extends Card {

    private static final int MOST_TRIED = 1_000_000;

    private final Price price;
    private final Span charge = new Span();

    PriceCard(Price price, Plan.Kind kind) {
        this.price = price;
        addThemeVariants(CardVariant.OUTLINED);
        setTitle(translate("price.title", Words.of(price.interval()), price.currency().getCurrencyCode()), 2);
        add(new Paragraph(PriceText.sentence(price, kind)));
        UnorderedList tiers = new UnorderedList();
        PriceText.tiers(price.model()).forEach(line -> tiers.add(new ListItem(line)));
        if (tiers.getComponentCount() > 0) {
            add(tiers);
        }
        if (!(price.model() instanceof ChargeModel.Flat)) {
            add(tryIt());
        }
    }

    private Div tryIt() {
        IntegerField quantity = new IntegerField(translate("price.try"));
        quantity.setMin(1);
        quantity.setMax(MOST_TRIED);
        quantity.setStepButtonsVisible(true);
        quantity.setValueChangeMode(ValueChangeMode.EAGER);
        quantity.setErrorMessage(translate("field.range", Figures.number(MOST_TRIED)));
        // Judged here and not by the field: whatever is no number arrives as nothing, and nothing would be no error to it.
        quantity.setManualValidation(true);
        quantity.addValueChangeListener(change -> rate(quantity));
        quantity.setValue(10);
        charge.addClassName("charge");
        charge.getElement().setAttribute("role", "status");
        Div line = new Div(quantity, charge);
        line.addClassName("try");
        return line;
    }

    private void rate(IntegerField field) {
        Optional<Integer> quantity = Optional.ofNullable(field.getValue()).filter(units -> units >= 1 && units <= MOST_TRIED);
        field.setInvalid(quantity.isEmpty());
        charge.setText(quantity
                .map(units -> translate("price.try.charge", Figures.money(price.rate(units).amount()), Words.of(price.interval())))
                .orElse(""));
    }
}
