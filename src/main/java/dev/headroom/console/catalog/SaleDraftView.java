package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.Toast;
import dev.headroom.console.audit.Activity;
import dev.headroom.console.change.Notice;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.sale.SaleChange;
import dev.headroom.sale.SaleDraft;
import dev.headroom.sale.SaleDraft.Kind;
import dev.headroom.sale.SaleDraftNotOpen;
import dev.headroom.sale.SaleDrafts.SaleDraftAlreadyOpen;
import dev.headroom.sale.SaleDrafts.SaleDraftTurned;
import dev.headroom.sale.SaleFinding;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.UUID;

/** An offer or a bundle that is being prepared: what changes, what is wrong with it, whom it concerns, and putting it live. */
@Route(SaleDraftView.PATH + "/:" + SaleDraftView.ID)
@PermitAll
class SaleDraftView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "sale-drafts";
    static final String ID = "draft";

    private final SaleServices services;
    private final SaleWays ways;
    private final Activity activity;
    private final Div content = new Div();

    SaleDraftView(SaleServices services, SaleWays ways, Activity activity) {
        this.services = services;
        this.ways = ways;
        this.activity = activity;
        add(content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (!ways.may()) {
            title(translate("sale.title"));
            content.add(new EmptyState(translate("draft.forbidden"), translate("draft.forbidden.why")));
            return;
        }
        UUID id = event.getRouteParameters().get(ID).flatMap(Ids::parse).orElseThrow(NotFoundException::new);
        try {
            show(services.drafts().byId(services.signedIn().actor(), id));
        } catch (HeadroomException unknown) {
            throw new NotFoundException(unknown.getMessage());
        }
    }

    private void show(SaleDraft draft) {
        content.removeAll();
        above(translate(draft.kind() == Kind.OFFER ? "offer.title" : "bundle.title"), draft.kind() == Kind.OFFER ? OffersView.PATH : BundlesView.PATH);
        title(SaleWays.title(draft), state(draft));
        switch (draft.state()) {
            case OPEN -> open(draft);
            case DISCARDED -> discarded(draft);
            case PUBLISHED -> {
                actions();
                content.add(new Notice(Notice.Kind.SUCCESS, translate("sale.live"), translate("sale.live.why")));
            }
        }
        content.add(changes(draft));
        if (draft.open()) {
            reviewed(draft);
        }
        content.add(new Section(translate("audit.activity"), activity.of(services.signedIn(), "saleDraft", draft.id())));
    }

    private static Badge state(SaleDraft draft) {
        Badge badge = new Badge(translate(switch (draft.state()) {
            case OPEN -> "draft.open";
            case DISCARDED -> "draft.discarded";
            case PUBLISHED -> "draft.published";
        }));
        badge.addThemeVariants(switch (draft.state()) {
            case OPEN -> BadgeVariant.WARNING;
            case DISCARDED -> BadgeVariant.CONTRAST;
            case PUBLISHED -> BadgeVariant.SUCCESS;
        });
        return badge;
    }

    private void open(SaleDraft draft) {
        Button discard = new Button(translate("draft.discard"), click -> discard(draft));
        Button edit = new Button(translate("sale.edit"), click -> ways.edit(draft, draft.sheet(), findings(draft), this::show));
        edit.setVisible(draft.sheet() != null);
        actions(discard, edit);
    }

    private void discarded(SaleDraft draft) {
        Button back = new Button(translate("draft.restore"), click -> restore(draft));
        back.addThemeVariants(ButtonVariant.PRIMARY);
        actions(back);
        content.add(new Notice(Notice.Kind.INFO, translate("draft.discarded"), translate("draft.discarded.meaning")));
    }

    private List<SaleFinding> findings(SaleDraft draft) {
        return services.drafts().findings(services.signedIn().actor(), draft);
    }

    private void reviewed(SaleDraft draft) {
        List<SaleFinding> findings = findings(draft);
        if (findings.isEmpty()) {
            content.add(new Section(translate("sale.whom"), new SaleReview(services, draft, this::show)));
            return;
        }
        UnorderedList list = new UnorderedList();
        findings.forEach(finding -> list.add(new ListItem(translate("sale.finding", SaleText.field(finding.path()), finding.message()))));
        Paragraph sum = new Paragraph(translate("finding.blocking", findings.size()));
        sum.getElement().setAttribute("role", "status");
        content.add(new Section(translate("sale.wrong"), sum, list));
    }

    private Component changes(SaleDraft draft) {
        List<SaleChange> changes = services.drafts().changes(services.signedIn().actor(), draft);
        DataTable table = new DataTable(translate("sale.changes"), translate("sale.field"), translate("sale.before"), translate("sale.after"));
        changes.forEach(change -> table.row(SaleText.field(change.path()), SaleText.value(change.path(), change.before()), SaleText.value(change.path(), change.after())));
        return new Section(translate("sale.changes"), table);
    }

    private void discard(SaleDraft draft) {
        switch (services.drafts().discard(services.signedIn().actor(), draft.id())) {
            case SaleDraftTurned(var now) -> {
                show(now);
                Toast.undoable(translate("draft.discard.done", SaleWays.name(draft)), translate("draft.discard.undo"), () -> restore(now));
            }
            case SaleDraftAlreadyOpen(var other) -> show(other);
            case SaleDraftNotOpen(var now) -> show(now);
        }
    }

    private void restore(SaleDraft draft) {
        switch (services.drafts().restore(services.signedIn().actor(), draft.id())) {
            case SaleDraftTurned(var now) -> show(now);
            case SaleDraftAlreadyOpen(var other) -> {
                show(draft);
                Notice notice = new Notice(Notice.Kind.ERROR, translate("draft.restore.other"), translate("draft.restore.other.why"));
                notice.say(new Anchor(SaleWays.address(other), translate("draft.restore.other.open")));
                content.addComponentAsFirst(notice);
            }
            case SaleDraftNotOpen(var now) -> show(now);
        }
    }
}
