package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Product;
import dev.headroom.console.QueryState;
import dev.headroom.console.Words;
import dev.headroom.console.feature.FeatureUse.Standing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which features are shown, as the address says it. */
final class FeatureFilters extends Div {

    private static final int PATIENCE_MILLIS = 250;

    private final TextField text = new TextField();
    private final Select<Product> product;
    private final Select<FeatureKind> kind;
    private final Select<Standing> standing;

    FeatureFilters(List<Product> products, QueryState state, Consumer<FeatureFilters> changed) {
        addClassName("toolbar");
        text.setLabel(translate("feature.filter"));
        text.setPrefixComponent(VaadinIcon.SEARCH.create());
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(PATIENCE_MILLIS);
        text.setValue(state.get("q").orElse(""));
        text.addValueChangeListener(change -> {
            state.choose("q", change.getValue());
            changed.accept(this);
        });
        product = select("product", translate("plan.product"), products, Product::name, Product::key, state, changed);
        product.setVisible(products.size() > 1);
        kind = select("kind", translate("feature.kind"), List.of(FeatureKind.values()), Words::of, FeatureFilters::word, state, changed);
        standing = select("state", translate("feature.state"), List.of(Standing.values()), FeatureText::word, FeatureFilters::word, state, changed);
        add(text, product, kind, standing);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private <T> Select<T> select(
            String name, String label, List<T> choices, Function<T, String> shown, Function<T, String> written, QueryState state, Consumer<FeatureFilters> changed) {
        Select<T> select = new Select<>();
        select.setLabel(label);
        select.setItems(choices);
        select.setItemLabelGenerator(choice -> choice == null ? translate("feature.filter.all") : shown.apply(choice));
        select.setEmptySelectionAllowed(true);
        select.setEmptySelectionCaption(translate("feature.filter.all"));
        select.setPlaceholder(translate("feature.filter.all"));
        state.get(name).flatMap(wanted -> choices.stream().filter(choice -> written.apply(choice).equals(wanted)).findFirst()).ifPresent(select::setValue);
        select.addValueChangeListener(change -> {
            state.choose(name, change.getValue() == null ? null : written.apply(change.getValue()));
            changed.accept(this);
        });
        return select;
    }

    List<FeatureUse> of(List<FeatureUse> all) {
        String needle = text.getValue().strip().toLowerCase(Locale.ROOT);
        Stream<FeatureUse> found = all.stream().filter(use -> use.matches(needle));
        Optional<Product> of = product.getOptionalValue();
        return found.filter(use -> of.isEmpty() || of.get().equals(use.product()))
                .filter(use -> kind.isEmpty() || use.feature().kind() == kind.getValue())
                .filter(use -> standing.isEmpty() || use.standing() == standing.getValue())
                .toList();
    }
}
