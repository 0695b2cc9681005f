package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offers;
import dev.headroom.catalog.Plan;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.audit.Activity;
import dev.headroom.console.catalog.OfferState.OfferStanding;
import dev.headroom.eligibility.AccountOffers;
import jakarta.annotation.security.PermitAll;
import dev.headroom.sale.SaleDraft.Act;
import dev.headroom.sale.SaleDraft.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is offered, to whom and when, which offers are there together, and what one account would see of them. */
@Route(OffersView.PATH)
@PermitAll
class OffersView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "offers";

    private final SignedIn signedIn;
    private final Offers offers;
    private final AccountOffers seen;
    private final Accounts accounts;
    private final Catalog catalog;
    private final InstantSource clock;
    private final SaleWays ways;
    private final boolean may;
    private final Div content = new Div();
    private final Div tester = new Div();

    OffersView(SignedIn signedIn, Offers offers, AccountOffers seen, Accounts accounts, SaleWays ways, Catalog catalog, InstantSource clock) {
        this.signedIn = signedIn;
        this.offers = offers;
        this.seen = seen;
        this.accounts = accounts;
        this.catalog = catalog;
        this.clock = clock;
        this.may = signedIn.may(Permission.CATALOG);
        this.ways = ways;
        title(translate("offer.title"));
        OfferFile file = new OfferFile(signedIn.actor(), offers, catalog, clock);
        actions(file.link());
        if (may) {
            Button make = new Button(translate("offer.new"), click -> ways.make(Kind.OFFER));
            make.addThemeVariants(ButtonVariant.PRIMARY);
            actions(file.link(), make);
            begins(DraftActs.MAKE, () -> ways.make(Kind.OFFER));
        }
        Paragraph meaning = new Paragraph(translate("offer.meaning"));
        meaning.addClassName("quiet");
        content.addClassName("wrapping");
        add(meaning, content, tester);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        show();
        tester.removeAll();
        tester.add(new Section(translate("offer.test"), new OfferTester(signedIn.actor(), accounts, seen, catalog.snapshot(), QueryState.of(event.getLocation()), clock.instant())));
    }

    private void show() {
        List<Offer> all = offers.all(signedIn.actor());
        content.removeAll();
        content.add(ways.prepared(Kind.OFFER));
        if (all.isEmpty()) {
            content.add(new EmptyState(translate("offer.none"), translate("offer.none.why")));
            return;
        }
        content.add(new Section(translate("offer.title"), table(all)), new Section(translate("offer.calendar"), new OfferCalendar(all, clock.instant())));
    }

    private DataTable table(List<Offer> all) {
        Map<OfferId, Integer> taken = offers.redemptions(signedIn.actor(), all);
        DataTable table = new DataTable(
                translate("offer.title"), translate("offer.name"), translate("offer.discount"), translate("offer.who"), translate("offer.when"),
                translate("offer.taken"), translate("offer.state"), translate("rule.acts"));
        all.forEach(offer -> table.row(
                stacked(offer.name(), offer.key()), new Text(OfferText.discount(offer)), who(offer), when(offer),
                new Text(taken(offer, taken.getOrDefault(offer.id(), 0))), state(offer, taken.getOrDefault(offer.id(), 0)), acts(offer)));
        return table;
    }

    private Component who(Offer offer) {
        CatalogSnapshot known = catalog.snapshot();
        String plans = offer.plans().isEmpty()
                ? translate("offer.plans.all")
                : known.plans().stream().filter(plan -> offer.plans().contains(plan.id())).map(Plan::name).collect(Collectors.joining(", "));
        Div who = stacked(known.product(offer.product()).name(), plans);
        if (offer.existingCustomers()) {
            who.add(new Span(translate("offer.existing")));
        }
        return who;
    }

    private static Component when(Offer offer) {
        Div when = new Div(new Span(translate("offer.from", When.minuteText(offer.window().from(), ZoneOffset.UTC))),
                new Span(translate("offer.until", When.minuteText(offer.over(), ZoneOffset.UTC))));
        when.addClassName("stacked");
        return when;
    }

    private static String taken(Offer offer, int taken) {
        return offer.cap() == null ? Figures.number(taken) : translate("offer.taken.of", Figures.number(taken), Figures.number(offer.cap()));
    }

    private Badge state(Offer offer, int taken) {
        OfferStanding standing = OfferState.of(offer, taken, clock.instant());
        Badge badge = new Badge(translate(OfferState.word(standing)));
        badge.addThemeVariants(switch (standing) {
            case RUNNING -> BadgeVariant.SUCCESS;
            case TO_COME, EXHAUSTED -> BadgeVariant.WARNING;
            case OVER, ENDED -> BadgeVariant.CONTRAST;
        });
        return badge;
    }

    private Component acts(Offer offer) {
        Instant now = clock.instant();
        if (!may || offer.endedAt() != null || !now.isBefore(offer.window().until())) {
            return Activity.link("offer", offer.id(), offer.name());
        }
        Div acts = new Div(ways.button(Kind.OFFER, Act.CHANGE, offer.key(), offer.name()), ways.button(Kind.OFFER, Act.END, offer.key(), offer.name()), Activity.link("offer", offer.id(), offer.name()));
        acts.addClassName("acts");
        return acts;
    }

    private static Div stacked(String first, String quiet) {
        Span below = new Span(quiet);
        below.addClassName("quiet");
        Div stacked = new Div(new Span(first), below);
        stacked.addClassName("stacked");
        return stacked;
    }
}
