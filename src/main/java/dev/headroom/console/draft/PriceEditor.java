package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import dev.headroom.console.Words;
import dev.headroom.console.catalog.TryLine;
import dev.headroom.console.diff.DiffText;
import dev.headroom.draft.DraftEdit;
import dev.headroom.money.Currencies;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.Model;
import dev.headroom.time.Interval;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One price: for which interval and currency, and how a quantity becomes an amount. It is saved whole. */
final class PriceEditor extends Div {

    private final H3 title = new H3();
    private final Select<Interval> interval = new Select<>();
    private final Select<String> currency = new Select<>();
    private final Select<Model> model = new Select<>();
    private final Button remove = new Button(VaadinIcon.TRASH.create());
    private final Paragraph unsaved = new Paragraph(translate("draft.unsaved"));
    private final PriceFields numbers;
    private final TryLine trying = new TryLine();
    private PriceLine line;

    PriceEditor(Fields fields, PriceLine line, boolean tier) {
        this.line = line;
        String path = path(line.id());
        numbers = new PriceFields(fields, path, tier, this::read);
        interval.setLabel(translate("draft.price.interval"));
        interval.setItems(Interval.values());
        interval.setItemLabelGenerator(Words::of);
        currency.setLabel(translate("draft.price.currency"));
        model.setLabel(translate("draft.price.model"));
        model.setItems(Model.values());
        model.setItemLabelGenerator(Words::of);
        fields.name(path + ".interval", interval);
        fields.name(path + ".currency", currency);
        fields.name(path, model);
        Stream.of(interval, currency, model).forEach(field -> field.setManualValidation(true));
        fields.saves(interval, this::read);
        fields.saves(currency, this::read);
        fields.saves(model, this::read);
        remove.addThemeVariants(ButtonVariant.TERTIARY);
        remove.addClickListener(click -> fields.save(() -> Optional.of(DraftEdit.removePrice(line.id()))));
        unsaved.addClassName("refused");
        unsaved.setVisible(false);
        unsaved.getElement().setAttribute("role", "alert");
        Div head = new Div(title, remove);
        head.addClassName("line-head");
        Div which = new Div(interval, currency, model);
        which.addClassName("fields");
        addClassName("line");
        add(head, which, numbers, unsaved, trying);
    }

    /** Where somebody goes on who has just added it. */
    void begin() {
        interval.focus();
    }

    static String path(String id) {
        return "prices[" + id + "]";
    }

    /** What cannot be read stays until something else is stored. */
    void show(PriceLine stored) {
        if (unsaved.isVisible() && stored.equals(line)) {
            return;
        }
        line = stored;
        unsaved.setVisible(false);
        String name = DiffText.price(stored.interval(), stored.currency());
        title.setText(name);
        remove.setAriaLabel(translate("draft.price.remove", name));
        remove.setTooltipText(translate("draft.price.remove", name));
        interval.setValue(stored.interval());
        currency.setItems(currencies(stored.currency()));
        currency.setValue(stored.currency());
        model.setValue(stored.chosen().orElse(null));
        numbers.show(stored, DiffText.currency(stored.currency()).orElse(null));
        trying.show(billable(stored));
    }

    /** What is written so far may be no price yet, or one that the pricing core refuses, which the findings say. */
    private static @Nullable Price billable(PriceLine line) {
        try {
            return line.price().orElse(null);
        } catch (RuntimeException refused) {
            return null;
        }
    }

    /** Those that can be billed in, and whatever else somebody has written. */
    static List<String> currencies(@Nullable String written) {
        return Stream.concat(Currencies.supported().stream().map(Currency::getCurrencyCode), Stream.ofNullable(written).filter(text -> !text.isBlank())).distinct().toList();
    }

    private Optional<DraftEdit> read() {
        Currency in = DiffText.currency(currency.getValue()).orElse(null);
        PriceLine read = numbers.read(line, model.getValue(), currency.getValue(), in);
        unsaved.setVisible(numbers.unreadable(model.getValue()));
        return unsaved.isVisible() ? Optional.empty() : Optional.of(DraftEdit.price(billed(read)));
    }

    private PriceLine billed(PriceLine read) {
        return new PriceLine(
                read.id(), interval.getValue(), read.currency(), read.model(), read.flat(), read.perSeat(), read.volume(), read.graduated(), read.packaged());
    }
}
