package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.console.change.Notice;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.reach.Reach;
import dev.headroom.sale.PublishSaleDraftResult.SaleDraftPublished;
import dev.headroom.sale.PublishSaleDraftResult.SaleLookNotUsable;
import dev.headroom.sale.PublishSaleDraftResult.SalePublisherIsEditor;
import dev.headroom.sale.SaleDraft;
import dev.headroom.sale.SaleDraft.Act;
import dev.headroom.sale.SaleDraft.Kind;
import dev.headroom.sale.SaleDraftEditedSince;
import dev.headroom.sale.SaleDraftHasFindings;
import dev.headroom.sale.SaleDraftNotOpen;
import dev.headroom.sale.SaleLook;
import dev.headroom.sale.SaleLooks.SaleDraftLookedAt;
import dev.headroom.sale.SalePublications.PublishSaleDraft;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whom a draft concerns, and only then the button that puts it live. */
final class SaleReview extends Div {

    private final SaleServices services;
    private final SaleDraft draft;
    private final Consumer<SaleDraft> changed;
    private final Actor actor;
    /** One key a sight, so that a second press puts nothing live twice. */
    private final String once = Ids.next().toString();

    SaleReview(SaleServices services, SaleDraft draft, Consumer<SaleDraft> changed) {
        this.services = services;
        this.draft = draft;
        this.changed = changed;
        this.actor = services.signedIn().actor();
        Button look = new Button(translate("sale.look"), click -> look());
        look.addThemeVariants(ButtonVariant.PRIMARY);
        look.setDisableOnClick(true);
        add(new Paragraph(translate("sale.look.why")), look);
    }

    private void look() {
        switch (services.looks().look(actor, draft.id(), draft.revision())) {
            case SaleDraftLookedAt(var look) -> show(look);
            case SaleDraftHasFindings(var now, var _) -> changed.accept(now);
            case SaleDraftEditedSince(var now) -> changed.accept(now);
            case SaleDraftNotOpen(var now) -> changed.accept(now);
        }
    }

    private void show(SaleLook look) {
        removeAll();
        show("sale.made", look.made(), draft.kind() == Kind.OFFER ? "reach.nobody.offer" : "reach.nobody.bundle", "made");
        show("sale.ended", look.ended(), draft.kind() == Kind.OFFER ? "reach.nobody.offer.end" : "reach.nobody.bundle.end", "ended");
        if (!services.signedIn().may(Permission.PUBLISH)) {
            add(new Notice(Notice.Kind.INFO, translate("sale.other"), translate("sale.other.why")));
            return;
        }
        TextField reason = new TextField(translate("sale.reason"));
        reason.setHelperText(translate("sale.reason.hint"));
        reason.setManualValidation(true);
        reason.setWidth("min(30rem, 100%)");
        Button put = new Button(translate(label()), click -> put(look, reason));
        put.addThemeVariants(ButtonVariant.PRIMARY);
        Div acts = new Div(reason, put);
        acts.addClassName("toolbar");
        add(new Paragraph(translate(draft.act() == Act.MAKE ? "sale.put.meaning" : draft.kind() == Kind.OFFER ? "offer.end.why" : "bundle.end.meaning")), acts);
    }

    private void show(String heading, @Nullable Reach reach, String nobody, String file) {
        if (reach != null) {
            add(new H3(translate(heading)), new ReachPanel(services.reach(), actor, reach, translate(nobody), "sale-" + draft.id() + "-" + file));
        }
    }

    private String label() {
        return switch (draft.act()) {
            case MAKE -> draft.kind() == Kind.OFFER ? "offer.make" : "bundle.save";
            case CHANGE -> draft.kind() == Kind.OFFER ? "sale.put.change.offer" : "sale.put.change.bundle";
            case END -> draft.kind() == Kind.OFFER ? "offer.end.now" : "sale.put.end.bundle";
        };
    }

    private void put(SaleLook look, TextField reason) {
        reason.setInvalid(false);
        try {
            switch (services.publications().publish(actor, new PublishSaleDraft(once + look.id(), draft.id(), draft.revision(), look.id(), reason.getValue()))) {
                case SaleDraftPublished(var now) -> changed.accept(now);
                case SaleDraftHasFindings(var now, var _) -> changed.accept(now);
                case SaleDraftEditedSince(var now) -> changed.accept(now);
                case SaleDraftNotOpen(var now) -> changed.accept(now);
                case SalePublisherIsEditor _ -> add(new Notice(Notice.Kind.ERROR, translate("sale.editor"), translate("sale.editor.why")));
                case SaleLookNotUsable _ -> again();
            }
        } catch (HeadroomException wrong) {
            reason.setErrorMessage(wrong.getMessage());
            reason.setInvalid(true);
            reason.focus();
        }
    }

    /** What was seen is not so any more; it is shown as it is now. */
    private void again() {
        look();
        addComponentAsFirst(new Notice(Notice.Kind.INFO, translate("sale.again"), translate("sale.again.why")));
    }
}
