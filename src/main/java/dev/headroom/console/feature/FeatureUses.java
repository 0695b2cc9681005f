package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.Status;
import dev.headroom.console.catalog.EntitlementText;
import dev.headroom.draft.Draft;
import dev.headroom.entitlement.RollOuts.RollOut;
import java.util.stream.Stream;

/** What grants a feature and how much of it, what is being prepared, and what else hangs on it. */
final class FeatureUses extends Div {

    private final FeatureUse use;
    private final FeatureServices services;

    FeatureUses(FeatureUse use, FeatureServices services) {
        this.use = use;
        this.services = services;
        Paragraph accounts = new Paragraph(translate("feature.accounts.have", use.accounts()));
        add(accounts);
        if (use.granting().isEmpty() && use.drafts().isEmpty()) {
            add(new EmptyState(translate("feature.uses.none"), translate("feature.uses.none.why")));
        }
        if (!use.granting().isEmpty()) {
            add(new Section(translate("feature.uses.versions"), versions()));
        }
        if (!use.drafts().isEmpty()) {
            add(new Section(translate("feature.uses.drafts"), drafts()));
        }
        UnorderedList others = others();
        if (others.getComponentCount() > 0) {
            add(new Section(translate("feature.uses.others"), others));
        }
    }

    private Component versions() {
        DataTable table = new DataTable(
                translate("feature.uses.versions"), translate("feature.grants"), translate("version.number"), translate("plan.status"), translate("feature.amount"),
                translate("feature.past"));
        use.granting().forEach(version -> version.entitlement(use.feature()).ifPresent(granted -> table.row(
                link(version), new Text(translate("version.name", version.number())), Status.of(version.state()), new Text(EntitlementText.amount(granted, version)),
                new Text(past(granted)))));
        return table;
    }

    private static String past(PlanEntitlement granted) {
        return granted.feature().counted() ? EntitlementText.past(granted) : "";
    }

    private static Anchor link(PlanVersion version) {
        return new Anchor((version.plan().tier() ? "plans/" : "add-ons/") + version.plan().key(), version.plan().name());
    }

    private Component drafts() {
        DataTable table = new DataTable(
                translate("feature.uses.drafts"), translate("draft.of.what"), translate("feature.amount"), translate("feature.sold.now"));
        use.drafts().forEach(draft -> table.row(
                new Anchor("drafts/" + draft.id(), draft.sheet().name() == null || draft.sheet().name().isBlank() ? draft.subject().key() : draft.sheet().name()),
                new Text(FeatureUse.granted(draft, use.feature()).map(line -> EntitlementText.drafted(line, use.feature(), draft.subject().kind(), draft.sheet())).orElse("")),
                new Text(now(draft))));
        return table;
    }

    private String now(Draft draft) {
        return use.onSale().stream().filter(version -> version.plan().id().equals(draft.subject().plan())).findFirst()
                .flatMap(version -> version.entitlement(use.feature()).map(granted -> EntitlementText.amount(granted, version)))
                .orElse(translate("entitlement.absent"));
    }

    /** What is not sold, and gives it or is decided by it all the same. */
    private UnorderedList others() {
        Feature feature = use.feature();
        Stream<Component> counting = use.counting().stream().map(other -> FeatureText.way(FeaturesView.PATH + "/" + other.key(), translate("feature.uses.counting", other.name())));
        Stream<Component> rolledOut = services.rollOuts().all(services.signedIn().actor()).stream().filter(each -> each.feature().equals(feature.id()) && each.percent() > 0)
                .map(RollOut::percent).map(percent -> FeatureText.way("rules", translate("feature.uses.rollOut", Figures.percent(percent))));
        Stream<Component> unlocks = services.unlocks().all(services.signedIn().actor()).stream().filter(rule -> rule.feature().equals(feature.id()))
                .map(rule -> FeatureText.way("rules", translate("feature.uses.unlock", Figures.number(rule.units()), services.catalog().snapshot().feature(rule.meter()).name())));
        UnorderedList list = new UnorderedList();
        Stream.of(counting, rolledOut, unlocks).flatMap(each -> each).map(ListItem::new).forEach(list::add);
        return list;
    }
}
