package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Section;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.sale.SaleDraft;
import dev.headroom.sale.SaleDraft.Act;
import dev.headroom.sale.SaleDraft.Kind;
import dev.headroom.sale.SaleDraft.State;
import dev.headroom.sale.SaleDraftEditedSince;
import dev.headroom.sale.SaleDraftNotOpen;
import dev.headroom.sale.SaleDrafts.OpenSaleDraft;
import dev.headroom.sale.SaleDrafts.SaleDraftAlreadyOpen;
import dev.headroom.sale.SaleDrafts.SaleDraftEdited;
import dev.headroom.sale.SaleDrafts.SaleDraftOpened;
import dev.headroom.sale.SaleFinding;
import dev.headroom.sale.SaleSheet;
import dev.headroom.sale.SaleSheet.BundleSheet;
import dev.headroom.sale.SaleSheet.OfferSheet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The ways into drafts of offers and bundles. */
@Service
class SaleWays {

    private static final int MOST = 100;

    private final SaleServices services;
    private final InstantSource clock;

    SaleWays(SaleServices services, InstantSource clock) {
        this.services = services;
        this.clock = clock;
    }

    boolean may() {
        return services.signedIn().may(Permission.CATALOG);
    }

    /** Asks what it shall be; nothing is stored before that. */
    void make(Kind kind) {
        Instant now = clock.instant();
        form(kind == Kind.OFFER ? OfferForm.blank(now) : BundleSheet.BLANK, List.of(), translate(kind == Kind.OFFER ? "offer.new" : "bundle.new"), sheet -> {
            SaleDraft draft = opened(kind, Act.MAKE, null);
            services.drafts().edit(services.signedIn().actor(), draft.id(), draft.revision(), sheet);
            go(draft);
        });
    }

    /** Goes to the draft that changes or ends what is there, also one that somebody else has begun. */
    void of(Kind kind, Act act, String key) {
        go(opened(kind, act, key));
    }

    /** The way from what is sold to a draft that changes or ends it. */
    Button button(Kind kind, Act act, String key, String name) {
        Button button = new Button(translate(act == Act.END ? "sale.end" : "sale.change"), click -> of(kind, act, key));
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        if (act == Act.END) {
            button.addThemeVariants(ButtonVariant.ERROR);
        }
        button.setAriaLabel(translate(act == Act.END ? "sale.end.of" : "sale.change.of", name));
        return button;
    }

    private SaleDraft opened(Kind kind, Act act, @Nullable String of) {
        return switch (services.drafts().open(services.signedIn().actor(), new OpenSaleDraft(Ids.next().toString(), kind, act, of))) {
            case SaleDraftOpened(var draft) -> draft;
            case SaleDraftAlreadyOpen(var draft) -> draft;
        };
    }

    private static void go(SaleDraft draft) {
        UI.getCurrent().navigate(address(draft));
    }

    static String address(SaleDraft draft) {
        return SaleDraftView.PATH + "/" + draft.id();
    }

    /** Changes what stands in a draft; of somebody's change meanwhile one is told. */
    void edit(SaleDraft draft, SaleSheet sheet, List<SaleFinding> findings, Consumer<SaleDraft> done) {
        Actor actor = services.signedIn().actor();
        form(sheet, findings, translate("sale.edit"), typed -> {
            switch (services.drafts().edit(actor, draft.id(), draft.revision(), typed)) {
                case SaleDraftEdited(var now) -> done.accept(now);
                case SaleDraftEditedSince _ -> throw HeadroomException.of(ErrorCode.CONFLICT, null, translate("sale.edited.since"));
                case SaleDraftNotOpen(var now) -> done.accept(now);
            }
        });
    }

    private void form(SaleSheet sheet, List<SaleFinding> findings, String title, Consumer<SaleSheet> done) {
        CatalogSnapshot known = services.reach().catalog().snapshot();
        FormDialog dialog = switch (sheet) {
            case OfferSheet offer -> new OfferForm(offer, known).dialog(title, done);
            case BundleSheet bundle -> new BundleForm(bundle, known).dialog(title, done);
        };
        findings.forEach(finding -> dialog.tell("input." + finding.path(), finding.message()));
        dialog.open();
    }

    static String name(SaleDraft draft) {
        return Optional.ofNullable(draft.sheet()).map(SaleSheet::name).filter(name -> !name.isBlank()).or(() -> Optional.ofNullable(draft.ends())).orElse(translate("sale.unnamed"));
    }

    static String title(SaleDraft draft) {
        String what = switch (draft.act()) {
            case MAKE -> draft.kind() == Kind.OFFER ? "sale.make.offer" : "sale.make.bundle";
            case CHANGE -> draft.kind() == Kind.OFFER ? "sale.change.offer" : "sale.change.bundle";
            case END -> draft.kind() == Kind.OFFER ? "sale.end.offer" : "sale.end.bundle";
        };
        return translate(what, name(draft));
    }

    /** What is being prepared; nothing where nothing is. */
    Component prepared(Kind kind) {
        UnorderedList list = new UnorderedList();
        List<SaleDraft> open = may() ? services.drafts().page(services.signedIn().actor(), kind, State.OPEN, null, MOST) : List.of();
        open.forEach(draft -> list.add(new ListItem(new Anchor(address(draft), title(draft)))));
        return open.isEmpty() ? new Div() : new Section(translate("draft.prepared"), list);
    }
}
