package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.console.Figures;
import dev.headroom.quote.Quote.Allowance;
import dev.headroom.quote.Quote.FeatureDifference;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Features before and after, one line each; invisible when there are none. */
final class Differences extends Div {

    Differences(List<FeatureDifference> differences, String title) {
        addClassName("differences");
        setVisible(!differences.isEmpty());
        UnorderedList list = new UnorderedList();
        differences.forEach(each -> list.add(new ListItem(sentence(each))));
        add(new H3(title), list);
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
