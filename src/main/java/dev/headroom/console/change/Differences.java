package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.console.Figures;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Quote.Allowance;
import dev.headroom.quote.Quote.FeatureDifference;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Features before and after, one line each; invisible when there are none. */
final class Differences extends Div {

    private Differences(List<FeatureDifference> differences, String title, Predicate<FeatureDifference> shown) {
        addClassName("differences");
        UnorderedList list = new UnorderedList();
        differences.stream().filter(shown).forEach(each -> list.add(new ListItem(sentence(each))));
        setVisible(list.getComponentCount() > 0);
        add(new H3(title), list);
    }

    static Differences gained(Quote quote) {
        return new Differences(quote.gains(), translate("quote.gains"), each -> !replaced(each));
    }

    static Differences changed(Quote quote) {
        return new Differences(quote.differences(), translate("quote.changes"), Differences::replaced);
    }

    static Differences lost(Quote quote) {
        return new Differences(quote.losses(), translate("quote.losses"), each -> !replaced(each));
    }

    /** Of two values of a setting only people know which is the better one. */
    private static boolean replaced(FeatureDifference difference) {
        return difference.feature().kind() == FeatureKind.SETTING && difference.before() != null && difference.after() != null;
    }

    private static String sentence(FeatureDifference difference) {
        Feature feature = difference.feature();
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
