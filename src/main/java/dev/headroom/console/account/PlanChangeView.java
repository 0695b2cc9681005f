package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Offer;
import dev.headroom.change.PlanChange;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.CopyButton;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Facts;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Status;
import dev.headroom.console.Watch;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.change.Notice;
import dev.headroom.console.change.QuotePanel;
import dev.headroom.console.change.TakenBack;
import dev.headroom.console.change.TermsText;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.identity.Origins.Origin;
import dev.headroom.invoice.Invoice;
import dev.headroom.shown.ShownQuote;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One plan change: what was promised, where it stands and what can be done about it, who came from where, and what Stripe calls it. */
@Route("accounts/:" + AccountView.KEY + "/changes/:" + PlanChangeView.ID)
@PermitAll
@StyleSheet("quoting.css")
class PlanChangeView extends ConsolePage implements BeforeEnterObserver {

    static final String ID = "change";
    private static final int LOOK_MILLIS = 2_000;

    private final SignedIn signedIn;
    private final AccountReadings readings;
    private final PlanChangeServices services;
    private final Div news = new Div();
    private final Div content = new Div();

    PlanChangeView(SignedIn signedIn, AccountReadings readings, PlanChangeServices services) {
        this.signedIn = signedIn;
        this.readings = readings;
        this.services = services;
        news.addClassName("news");
        content.addClassName("columns");
        add(news, content);
    }

    /** Where one is shown. @param account the vendor's key */
    static String address(String account, UUID change) {
        return "accounts/" + account + "/changes/" + change;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        try {
            AccountReading reading = readings.byKey(signedIn.actor(), event.getRouteParameters().get(AccountView.KEY).orElse(""));
            show(reading, event.getRouteParameters().get(ID).flatMap(Ids::parse).orElseThrow(() -> HeadroomException.notFound("id", "")));
        } catch (HeadroomException refused) {
            if (refused.code() != ErrorCode.NOT_FOUND) {
                throw refused;
            }
            event.rerouteToError(NotFoundException.class);
        }
    }

    private void show(AccountReading reading, UUID id) {
        PlanChange change = services.changes().byId(signedIn.actor(), reading.account().id(), id);
        above(reading.account().name(), "accounts/" + reading.account().key());
        title(name(reading, change), Status.of(change.state()));
        actions(acts(reading, change));
        news.removeAll();
        news.add(standing(reading, change));
        content.removeAll();
        content.add(mainColumn(reading, change), sideColumn(reading, change));
    }

    /** Where it stands; what goes on by itself is looked at until it is over. */
    private Notice standing(AccountReading reading, PlanChange change) {
        Notice standing = new PlanChangeStanding(reading.account().zone()).of(change);
        if (change.state() == PlanChange.State.ACTION_REQUIRED) {
            paymentPage(change).ifPresent(standing::say);
        }
        if (change.state().open()) {
            Watch.over(standing, LOOK_MILLIS, services.clock(), () -> look(reading, change));
        }
        return standing;
    }

    private void look(AccountReading reading, PlanChange shown) {
        PlanChange now = services.changes().byId(signedIn.actor(), shown.account(), shown.id());
        if (now.state() != shown.state() || !Objects.equals(now.confirmBy(), shown.confirmBy())) {
            show(reading, shown.id());
        }
    }

    /** Where whoever holds the card answers the bank: to be sent to them, for it is not signed in to. */
    private Optional<Component> paymentPage(PlanChange change) {
        return Stream.ofNullable(change.invoice())
                .flatMap(invoice -> services.invoices().byStripeIds(signedIn.actor(), change.account(), List.of(invoice)).stream())
                .map(Invoice::hostedUrl).filter(Objects::nonNull).findFirst()
                .map(page -> {
                    Anchor open = new Anchor(page, translate("planchange.payment"));
                    open.setTarget("_blank");
                    open.getElement().setAttribute("rel", "noopener");
                    Div way = new Div(open, new CopyButton(page, translate("planchange.payment.copy")));
                    way.addClassName("stacked");
                    return way;
                });
    }

    /** What the account has by now may have nothing to do with it any more, so that what changes is its name. */
    private static String name(AccountReading reading, PlanChange change) {
        String plan = reading.catalog().versionOf(change.to().plan(reading.catalog()).price()).plan().name();
        if (ends(change)) {
            return change.to().over() ? translate("planchange.ended", plan) : translate("planchange.ends", plan, lastDay(reading, change));
        }
        if (change.from().renews() != change.to().renews()) {
            return translate("planchange.goes.on", plan);
        }
        List<String> lines = TermsText.differences(change.from(), change.to(), reading.catalog());
        return lines.isEmpty() ? TermsText.of(change.to(), reading.catalog()) : String.join(" · ", lines);
    }

    private static boolean ends(PlanChange change) {
        return change.to().over() || !change.to().renews() && change.from().renews();
    }

    private static String lastDay(AccountReading reading, PlanChange change) {
        return change.to().endsAt() == null ? translate("planchange.ends.period") : When.dayText(change.to().endsAt(), reading.account().zone());
    }

    private Component[] acts(AccountReading reading, PlanChange change) {
        boolean waits = change.state() == PlanChange.State.ACTION_REQUIRED || change.state() == PlanChange.State.SCHEDULED;
        if (!waits || !signedIn.may(Permission.CHANGE)) {
            return new Component[0];
        }
        Button back = new Button(translate(change.state() == PlanChange.State.SCHEDULED ? "scheduled.take.back" : "change.give.up"), click -> takeBack(reading, change));
        back.addThemeVariants(ButtonVariant.ERROR);
        back.setDisableOnClick(true);
        return new Component[] {back};
    }

    /** The change names the attempt, so that a second press asks how the first one went. */
    private void takeBack(AccountReading reading, PlanChange change) {
        Notice said = outcome(change);
        show(reading, change.id());
        news.addComponentAsFirst(said);
        Notice.focus(said);
    }

    private Notice outcome(PlanChange change) {
        try {
            return TakenBack.of(services.cancellations().cancel(signedIn.actor(), change.account(), change.id(), "console:take-back:" + change.id()));
        } catch (HeadroomException unknown) {
            return TakenBack.unknown(unknown);
        }
    }

    private Div mainColumn(AccountReading reading, PlanChange change) {
        Optional<ShownQuote> kept = Optional.ofNullable(services.records().quoted(signedIn.actor(), List.of(change)).get(change));
        Div quote = new Div(kept
                .<Component>map(shown -> QuotePanel.kept(shown, reading.catalog(), reading.account().zone()))
                .orElseGet(() -> new EmptyState(translate("planchange.quote.none"), translate("planchange.quote.none.why"))));
        quote.addClassName("quote");
        return new Div(new Section(translate("planchange.quote"), quote));
    }

    private Div sideColumn(AccountReading reading, PlanChange change) {
        Div column = new Div(
                new Section(translate("planchange.facts"), facts(reading, change)), new Section(translate("planchange.stripe"), stripe(reading, change)),
                new Section(translate("planchange.steps"), new PlanChangeWay(
                        services.records().steps(signedIn.actor(), change), change, new ActorText(reading, signedIn), reading.account().zone())));
        column.addClassName("side");
        return column;
    }

    private Facts facts(AccountReading reading, PlanChange change) {
        Facts facts = new Facts()
                .with(translate("planchange.by"), new ActorText(reading, signedIn).of(change.actor()))
                .with(translate("planchange.origin"), origin(services.records().origin(signedIn.actor(), change)))
                .with(translate("planchange.at"), When.minute(change.requestedAt(), reading.account().zone()))
                .with(translate("planchange.before"), TermsText.of(change.from(), reading.catalog()))
                .with(translate("planchange.after"), ends(change) ? translate("planchange.after.end") : TermsText.of(change.to(), reading.catalog()))
                .with(translate("planchange.growth"), Words.of(change.growth()))
                .with(translate("planchange.due"), Figures.money(change.due()));
        if (change.charged() != null) {
            facts.with(translate("planchange.charged"), Figures.money(change.charged()));
        }
        if (!change.takes().isEmpty()) {
            facts.with(translate("planchange.offer"), change.takes().stream().map(reading.catalog()::offer).map(Offer::name).collect(Collectors.joining(", ")));
        }
        if (change.invoice() != null) {
            facts.with(translate("planchange.invoice"), new Anchor(InvoiceList.address(reading.account(), change.invoice()), translate("planchange.invoice.open")));
        }
        return facts;
    }

    private static Component origin(Origin origin) {
        return new Text(origin.name() == null ? Words.of(origin.kind()) : translate("planchange.origin.named", Words.of(origin.kind()), origin.name()));
    }

    private Facts stripe(AccountReading reading, PlanChange change) {
        Facts facts = new Facts().with(
                translate("planchange.stripe.subscription"), id(services.subscriptions().byId(signedIn.actor(), change.account(), change.subscription()).stripeId()));
        if (reading.account().stripeCustomer() != null) {
            facts.with(translate("planchange.stripe.customer"), id(reading.account().stripeCustomer()));
        }
        if (change.invoice() != null) {
            facts.with(translate("planchange.stripe.invoice"), id(change.invoice()));
        }
        return facts;
    }

    private static Component id(String text) {
        return new Code(text);
    }
}
