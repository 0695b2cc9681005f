package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.Status;
import dev.headroom.rollout.Rollouts.VersionSubscribers;
import java.util.List;
import java.util.Optional;

/** How many have each version of a plan or add-on, and the way to moving them to the one that is on sale. */
@org.springframework.stereotype.Component
public class Subscribers {

    private static final List<String> COLUMNS = List.of("plan", "version", "on_sale", "subscriptions");

    private final PublishServices services;

    Subscribers(PublishServices services) {
        this.services = services;
    }

    public Component of(Plan plan) {
        if (!services.signedIn().may(Permission.CATALOG)) {
            return new EmptyState(translate("rollout.forbidden"), translate("rollout.forbidden.why"));
        }
        Div content = new Div();
        show(plan, content);
        return content;
    }

    private void show(Plan plan, Div content) {
        CatalogSnapshot known = services.catalog().snapshot();
        Optional<PlanVersion> sold = known.onSale(plan);
        DataTable table = new DataTable(
                translate("plan.tab.subscribers"), translate("version.number"), translate("plan.status"), translate("move.subscriptions"), translate("move.act"));
        for (VersionSubscribers each : services.rollouts().subscribers(services.signedIn().actor(), plan.key())) {
            PlanVersion version = known.versionsOf(plan).stream().filter(one -> one.number() == each.version()).findFirst().orElseThrow();
            table.row(
                    new Text(translate("version.name", version.number())), Status.of(version.state()), new Text(Figures.number(each.subscriptions())),
                    sold.filter(to -> !each.onSale() && each.subscriptions() > 0 && services.signedIn().may(Permission.PUBLISH))
                            .<Component>map(to -> move(version, to, () -> show(plan, content))).orElseGet(() -> new Text("")));
        }
        Paragraph meaning = new Paragraph(translate("move.meaning"));
        meaning.addClassName("quiet");
        content.removeAll();
        Anchor file = Csv.link(translate("csv.download"), "subscribers-" + plan.key(), COLUMNS, csv -> services.rollouts().subscribers(services.signedIn().actor(), plan.key())
                .forEach(each -> csv.row(plan.key(), each.version(), each.onSale(), each.subscriptions())));
        Div more = new Div(new Anchor("rollouts?plan=" + plan.key(), translate("move.rollouts")), file);
        more.addClassName("toolbar");
        content.add(meaning, table, more);
    }

    private Button move(PlanVersion from, PlanVersion to, Runnable changed) {
        MoveDialog dialog = new MoveDialog(services, from, to, changed);
        Button move = new Button(translate("move.open"), click -> dialog.begin());
        move.setAriaLabel(translate("move.open.of", from.number(), to.number()));
        move.addThemeVariants(ButtonVariant.SMALL);
        return move;
    }
}
