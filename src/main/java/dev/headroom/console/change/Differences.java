package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.console.Figures;
import dev.headroom.quote.Quote.Allowance;
import dev.headroom.shown.ShownQuote;
import dev.headroom.shown.ShownQuote.Difference;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Features before and after, one line each; invisible when there are none. */
@StyleSheet("quoting.css")
final class Differences extends Div {

    private Differences(List<Difference> differences, CatalogSnapshot catalog, String title, Predicate<Difference> shown) {
        addClassName("differences");
        UnorderedList list = new UnorderedList();
        differences.stream().filter(shown).forEach(each -> list.add(new ListItem(sentence(each, catalog.feature(each.feature())))));
        setVisible(list.getComponentCount() > 0);
        add(new H3(title), list);
    }

    static Differences gained(ShownQuote quote, CatalogSnapshot catalog) {
        return new Differences(quote.gains(), catalog, translate("quote.gains"), each -> !replaced(each, catalog));
    }

    static Differences changed(ShownQuote quote, CatalogSnapshot catalog) {
        return new Differences(quote.differences(), catalog, translate("quote.changes"), each -> replaced(each, catalog));
    }

    static Differences lost(ShownQuote quote, CatalogSnapshot catalog) {
        return new Differences(quote.losses(), catalog, translate("quote.losses"), each -> !replaced(each, catalog));
    }

    /** Of two values of a setting only people know which is the better one. */
    private static boolean replaced(Difference difference, CatalogSnapshot catalog) {
        return catalog.feature(difference.feature()).kind() == FeatureKind.SETTING && difference.before() != null && difference.after() != null;
    }

    private static String sentence(Difference difference, Feature feature) {
        if (feature.kind() == FeatureKind.GATE) {
            return feature.name();
        }
        return translate("quote.difference", feature.name(), amount(difference.before()), amount(difference.after()));
    }

    private static String amount(@Nullable Allowance allowance) {
        if (allowance == null) {
            return translate("quote.difference.nothing");
        }
        return Objects.requireNonNullElseGet(allowance.setting(), () -> Figures.limit(allowance.included()));
    }
}
