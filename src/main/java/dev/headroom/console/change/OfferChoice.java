package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.headroom.catalog.Offer;
import dev.headroom.console.catalog.OfferText;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which offers to take: none to begin with; they reduce in the order in which they stand. */
final class OfferChoice extends CheckboxGroup<Offer> {

    private List<Offer> offers = List.of();

    OfferChoice(Runnable changed) {
        super(translate("change.offers"));
        setRenderer(new ComponentRenderer<>(OfferChoice::option));
        setVisible(false);
        addValueChangeListener(change -> changed.run());
    }

    /** Lists these; those that were chosen before stay so. */
    void offering(List<Offer> takeable) {
        Set<Offer> before = getValue();
        offers = takeable;
        setItems(takeable);
        setValue(takeable.stream().filter(before::contains).collect(Collectors.toSet()));
        setHelperText(takeable.size() > 1 ? translate("change.offers.order") : "");
        setVisible(!takeable.isEmpty());
    }

    private static Div option(Offer offer) {
        Span discount = new Span(OfferText.discount(offer));
        discount.addClassName("quiet");
        Div option = new Div(new Span(offer.name()), discount);
        option.addClassName("stacked");
        return option;
    }

    /** Their keys; absent for none. */
    @Nullable List<String> wanted() {
        List<String> keys = offers.stream().filter(getValue()::contains).map(Offer::key).toList();
        return keys.isEmpty() ? null : keys;
    }
}
