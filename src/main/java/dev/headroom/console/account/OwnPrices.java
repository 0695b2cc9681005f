package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.CreatePlanResult.AddOnKeyTaken;
import dev.headroom.catalog.CreatePlanResult.PlanKeyTaken;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Status;
import dev.headroom.console.catalog.PriceText;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.DraftAlreadyOpen;
import dev.headroom.draft.Drafts.DraftKeyTaken;
import dev.headroom.draft.Drafts.DraftOpened;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is an account's alone, at prices that were agreed with it: what is sold, what is prepared, and, for those who may, the way to more. */
@org.springframework.stereotype.Component
class OwnPrices {

    private final Drafts drafts;

    OwnPrices(Drafts drafts) {
        this.drafts = drafts;
    }

    /** Nothing for whoever could not make one, where there is none. */
    Optional<Section> of(AccountReading reading, SignedIn signedIn) {
        CatalogSnapshot known = reading.catalog();
        List<Plan> own = Stream.concat(known.plans().stream(), known.addOns().stream())
                .filter(plan -> plan.own() != null && plan.isFor(reading.account().id().value()))
                .toList();
        boolean may = signedIn.may(Permission.CATALOG);
        List<Draft> prepared = may ? drafts.openFor(signedIn.actor(), reading.account().id()) : List.of();
        if (!may && own.isEmpty()) {
            return Optional.empty();
        }
        Div content = new Div();
        if (may) {
            Div toolbar = new Div(new Button(translate("ownprice.make"), click -> ask(reading, signedIn)));
            toolbar.addClassName("toolbar");
            content.add(toolbar);
        }
        content.add(own.isEmpty() && prepared.isEmpty() ? new EmptyState(translate("ownprice.none"), translate("ownprice.none.why")) : table(reading, own, prepared));
        return Optional.of(new Section(translate("ownprice.title"), content));
    }

    private static Component table(AccountReading reading, List<Plan> own, List<Draft> prepared) {
        CatalogSnapshot known = reading.catalog();
        DataTable table = new DataTable(translate("ownprice.title"), translate("plan.name"), translate("ownprice.insteadOf"), translate("plan.prices"), translate("plan.status"));
        own.forEach(plan -> {
            PlanVersion shown = known.onSale(plan).orElseGet(() -> known.versionsOf(plan).getLast());
            table.row(
                    new Anchor((plan.tier() ? "plans/" : "add-ons/") + plan.key(), plan.name()), new Text(known.plan(plan.ruled()).name()),
                    new Text(PriceText.of(shown, reading.account().currency())), Status.of(shown.state()));
        });
        prepared.forEach(draft -> table.row(
                new Anchor("drafts/" + draft.id(), Optional.ofNullable(draft.sheet().name()).orElse(draft.subject().key())),
                new Text(Optional.ofNullable(draft.subject().base()).map(base -> known.plan(known.version(base).plan().ruled()).name()).orElse("")),
                new Text(""), new Badge(translate("ownprice.prepared"))));
        return table;
    }

    private void ask(AccountReading reading, SignedIn signedIn) {
        CatalogSnapshot known = reading.catalog();
        ComboBox<Plan> instead = new ComboBox<>(translate("ownprice.insteadOf"));
        instead.setItems(Stream.concat(known.plans().stream(), known.addOns().stream()).filter(plan -> plan.own() == null && known.onSale(plan).isPresent()).toList());
        instead.setItemLabelGenerator(plan -> translate("grant.feature", plan.name(), known.product(plan.product()).name()));
        instead.setHelperText(translate("ownprice.insteadOf.hint"));
        instead.setWidthFull();
        TextField key = new TextField(translate("draft.key"));
        key.setHelperText(translate("draft.key.hint"));
        key.setWidthFull();
        instead.addValueChangeListener(change -> key.setValue(change.getValue() == null ? "" : Wanted.Own.key(change.getValue().key(), reading.account().key())));
        new FormDialog(translate("ownprice.dialog", reading.account().name()), translate("draft.make"), () -> {
            Plan chosen = Check.present("input.insteadOf", instead.getValue());
            open(signedIn, new Wanted.Own(chosen.kind(), chosen.key(), reading.account().id().value(), Check.key("input.key", key.getValue().strip())));
        }, instead, key).with("input.insteadOf", instead).with("input.key", key).open();
    }

    private void open(SignedIn signedIn, Wanted.Own wanted) {
        switch (drafts.open(signedIn.actor(), Ids.next().toString(), wanted)) {
            case DraftOpened(var draft) -> UI.getCurrent().navigate("drafts/" + draft.id());
            case DraftAlreadyOpen(var draft) -> throw HeadroomException.invalid("input.key", translate("ownprice.open", Optional.ofNullable(draft.sheet().name()).orElse(draft.subject().key())));
            case DraftKeyTaken(PlanKeyTaken(var other)) -> throw HeadroomException.invalid("input.key", translate("draft.key.taken", other.name()));
            case DraftKeyTaken(AddOnKeyTaken(var other)) -> throw HeadroomException.invalid("input.key", translate("draft.key.taken", other.name()));
        }
    }
}
