package dev.headroom.console.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Account;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntry;
import dev.headroom.audit.AuditEntry.Thing;
import dev.headroom.audit.AuditFilter;
import dev.headroom.catalog.Catalog;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.CopyButton;
import dev.headroom.console.Facts;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.audit.AuditNames.Named;
import dev.headroom.id.Ids;
import dev.headroom.rollout.Rollouts;
import jakarta.annotation.security.PermitAll;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One act: who, when, from where and why, and what it changed field by field. */
@Route(AuditView.PATH + "/:" + AuditEntryView.KEY)
@PermitAll
class AuditEntryView extends ConsolePage implements BeforeEnterObserver {

    static final String KEY = "entry";

    private final SignedIn signedIn;
    private final AuditEntries entries;
    private final AuditNames names;
    private final Rollouts rollouts;
    private final Catalog catalog;
    private final Div content = new Div();

    AuditEntryView(SignedIn signedIn, AuditEntries entries, AuditNames names, Rollouts rollouts, Catalog catalog) {
        this.signedIn = signedIn;
        this.entries = entries;
        this.names = names;
        this.rollouts = rollouts;
        this.catalog = catalog;
        above(translate("audit.title"), AuditView.class);
        add(content);
    }

    static String address(AuditEntry entry) {
        return AuditView.PATH + "/" + entry.id();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Optional<AuditEntry> found = event.getRouteParameters().get(KEY).flatMap(Ids::parse).flatMap(id -> entries.find(signedIn.actor(), id));
        found.ifPresentOrElse(
                entry -> show(names.of(signedIn.actor(), List.of(entry)).getFirst()), () -> event.rerouteToError(NotFoundException.class));
    }

    private void show(Named row) {
        AuditEntry entry = row.entry();
        title(AuditGrid.sentence(row), quiet(translate("audit.by", row.who(), When.minuteText(entry.at(), ZoneOffset.UTC))));
        content.removeAll();
        content.add(new Section(translate("audit.about"), facts(row)));
        rollouts.decided(signedIn.actor(), entry).ifPresentOrElse(
                decided -> content.add(new DecisionPanel(signedIn, entry, decided, catalog.snapshot()), new Details(translate("audit.written"), new BeforeAfter(entry))),
                () -> content.add(new Section(translate("audit.diff"), new BeforeAfter(entry))));
    }

    private Component facts(Named row) {
        AuditEntry entry = row.entry();
        Facts facts = new Facts()
                .with(translate("audit.at"), When.second(entry.at(), ZoneOffset.UTC))
                .with(translate("audit.who"), new Anchor(AuditView.address("actor", entry.actor()), row.who()))
                .with(translate("audit.origin"), Words.of(entry.origin()))
                .with(translate("audit.what"), new Anchor(AuditView.address("act", entry.operation()), AuditText.act(entry.operation())))
                .with(translate("audit.subject"), new Anchor(
                        AuditView.address(AuditFilter.ofSubject(entry.subject(), entry.subjectId())),
                        AuditText.name(entry).map(name -> translate("audit.named", AuditText.thing(entry.subject()), name)).orElseGet(() -> AuditText.thing(entry.subject()))))
                .with(translate("audit.subject.id"), copyable(entry.subjectId(), translate("audit.subject.copy")));
        Optional.ofNullable(entry.partOf()).ifPresent(whole -> facts.with(translate("audit.partOf"), whole(whole)));
        Account account = row.account();
        if (account != null) {
            facts.with(translate("account.name"), new Anchor("accounts/" + account.key(), account.name()));
        }
        facts.with(translate("audit.reason"), Optional.ofNullable(entry.reason()).orElseGet(() -> translate("audit.reason.none")));
        if (entry.correlation() != null) {
            facts.with(translate("audit.correlation"), copyable(entry.correlation().toString(), translate("audit.correlation.copy")))
                    .with(translate("audit.together"), new Anchor(AuditView.address("correlation", entry.correlation().toString()), translate("audit.together.show")));
        }
        return facts;
    }

    /** Its page where it has one, else its log. */
    private Component whole(Thing thing) {
        return Stream.concat(catalog.snapshot().plans().stream(), catalog.snapshot().addOns().stream()).filter(plan -> plan.id().toString().equals(thing.id())).findFirst()
                .map(plan -> new Anchor((plan.tier() ? "plans/" : "add-ons/") + plan.key(), translate("audit.named", AuditText.thing(thing.subject()), plan.name())))
                .orElseGet(() -> new Anchor(AuditView.address(AuditFilter.ofSubject(thing.subject(), thing.id())), AuditText.thing(thing.subject())));
    }

    private static Component copyable(String text, String label) {
        return new Span(new Code(text), new CopyButton(text, label));
    }

    private static Span quiet(String text) {
        Span quiet = new Span(text);
        quiet.addClassName("quiet");
        return quiet;
    }
}
