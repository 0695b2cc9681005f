package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.select.Select;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.When;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Whose periods the subscription's own begin with from then on: its own days, or another subscription's of the account; there only where there is one. */
final class PeriodsChoice extends Select<AccountSubscription> {

    /** @param companions to whose periods it could be brought */
    PeriodsChoice(List<AccountSubscription> companions, CatalogSnapshot catalog, ZoneId zone, Runnable changed) {
        setLabel(translate("change.together"));
        setHelperText(translate("change.together.why"));
        setEmptySelectionAllowed(true);
        setEmptySelectionCaption(translate("change.together.own"));
        setItemLabelGenerator(each -> each == null ? translate("change.together.own") : translate(
                "change.together.with", catalog.product(each.product()).name(), each.planVersion(catalog).plan().name(), When.dayText(each.period().until(), zone)));
        setItems(companions);
        setVisible(!companions.isEmpty());
        addValueChangeListener(change -> changed.run());
    }

    /** That change of a product's subscription, where one is chosen; it is asked for alone. */
    Optional<RequestedChange> wanted(String product) {
        return Optional.ofNullable(getValue()).map(other -> RequestedChange.together(product, other.id()));
    }
}
