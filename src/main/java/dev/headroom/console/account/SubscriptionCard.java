package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.card.Card;
import com.vaadin.flow.component.card.CardVariant;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Figures;
import dev.headroom.console.Status;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.overage.OverageCharge;
import dev.headroom.pricing.Invoice;
import dev.headroom.revenue.PayingAccounts.Counts;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** What was bought of one product, until when, whether that is paid, and what comes next. */
final class SubscriptionCard extends Card {

    private final DescriptionList facts = new DescriptionList();
    private final AccountSubscription subscription;
    private final List<OverageCharge> charges;
    private final CatalogSnapshot catalog;
    private final ZoneId zone;

    /**
     * @param charges of the account, for use past limits
     * @param bundles every one there ever was
     * @param counts  what the ledger of revenue counts of it
     * @param coming  its next invoice; empty where it cannot be told
     */
    SubscriptionCard(
            AccountSubscription subscription, List<OverageCharge> charges, List<Bundle> bundles, AccountReading reading, Counts counts, Optional<Invoice> coming,
            List<Component> acts) {
        this.subscription = subscription;
        this.charges = charges.stream().filter(each -> each.feature().product().equals(subscription.product())).toList();
        this.catalog = reading.catalog();
        this.zone = reading.account().zone();
        PlanVersion version = subscription.planVersion(catalog);
        addThemeVariants(CardVariant.OUTLINED);
        setTitle(version.plan().name(), 3);
        setSubtitle(catalog.product(subscription.product()).name() + " · " + translate("version.name", version.number()));
        setHeaderSuffix(states());
        fact(translate("subscription.interval"), new Text(Words.of(subscription.interval())));
        if (!subscription.addOns(catalog).isEmpty()) {
            fact(translate("subscription.addOns"), addOns());
        }
        bundles.stream().filter(bundle -> subscription.terms().bundles().contains(bundle.id())).forEach(bundle -> fact(
                translate("subscription.bundle"), new Text(translate("subscription.bundle.off", bundle.name(), Figures.percent(bundle.off().percent())))));
        seats(reading.seatsHeld().getOrDefault(subscription.id(), 0L)).ifPresent(seats -> fact(translate("subscription.seats"), new Text(seats)));
        fact(period(), new Text(translate(
                "subscription.period.days", When.dayText(subscription.period().from(), zone), When.dayText(subscription.period().until(), zone))));
        collection();
        if (owes()) {
            fact(translate("subscription.open"), new Text(translate("subscription.open.unpaid")));
        }
        monthly(counts);
        if (!subscription.foreignPrices().isEmpty()) {
            fact(translate("subscription.foreign"), new Text(translate("subscription.foreign.left.out", subscription.foreignPrices().size())));
        }
        ending().ifPresentOrElse(end -> fact(translate("subscription.ends"), When.day(end, zone)), () -> renewal(coming));
        if (!subscription.balance().isZero()) {
            fact(translate("subscription.balance"), new Text(Figures.money(subscription.balance().negated())));
        }
        facts.addClassName("facts");
        add(facts);
        acts.forEach(this::addToFooter);
    }

    private Component states() {
        Div states = new Div(Status.of(subscription.state()));
        states.addClassNames("stacked", "states");
        if (subscription.collection().disputed()) {
            Badge disputed = new Badge(translate("subscription.disputed"));
            disputed.addThemeVariants(BadgeVariant.ERROR);
            states.add(disputed);
        }
        ending().ifPresent(end -> {
            Badge ends = new Badge(translate("subscription.ends.on", When.dayText(end, zone)));
            ends.addThemeVariants(BadgeVariant.WARNING);
            states.add(ends);
        });
        return states;
    }

    private Component addOns() {
        Div lines = new Div();
        lines.addClassName("stacked");
        subscription.addOns(catalog).forEach(item -> lines.add(new Span(
                translate("subscription.addOn", Figures.number(item.quantity()), catalog.version(item.planVersion()).plan().name()))));
        return lines;
    }

    /** Nothing where the product has no seats. */
    private Optional<String> seats(long held) {
        if (catalog.featuresOf(subscription.product()).stream().noneMatch(Feature::seats)) {
            return Optional.empty();
        }
        Long most = subscription.seatsBought(catalog);
        boolean flat = catalog.price(subscription.planItem().price()).price().model() instanceof ChargeModel.Flat;
        if (most == null) {
            return Optional.of(translate("subscription.seats.unlimited", Figures.number(held)));
        }
        return Optional.of(flat
                ? translate("subscription.seats.included", Figures.number(held), Figures.number(most))
                : translate("subscription.seats.bought", Figures.number(most), Figures.number(held)));
    }

    private boolean owes() {
        return switch (subscription.state()) {
            case PAST_DUE, UNPAID, INCOMPLETE -> true;
            case ACTIVE, TRIALING, CANCELED -> false;
        };
    }

    /** Nothing where a card is charged and nothing was agreed, as with most. */
    private void collection() {
        Instant committed = subscription.collection().committedUntil();
        if (committed != null && committed.isAfter(subscription.period().from())) {
            fact(translate("commitment.fact"), When.day(committed.minusNanos(1), zone));
        }
        Integer days = subscription.collection().daysUntilDue();
        if (days != null) {
            fact(translate("subscription.collection"), new Text(translate("subscription.collection.invoice", days)));
        }
        if (subscription.collection().paused()) {
            fact(translate("subscription.collection"), new Text(translate("subscription.collection.paused")));
        }
    }

    /** Paid is only what cost something and was paid; an invoice that was sent may be open. */
    private String period() {
        return switch (subscription.state()) {
            case TRIALING -> translate("subscription.trial");
            case ACTIVE -> translate(subscription.recurringTotal(catalog).isPositive() && !subscription.collection().byInvoice()
                    ? "subscription.period.paid"
                    : "subscription.period");
            case PAST_DUE, UNPAID, INCOMPLETE, CANCELED -> translate("subscription.period");
        };
    }

    private void monthly(Counts counts) {
        Currency currency = subscription.balance().currency();
        fact(translate("subscription.mrr"), new Text(Figures.money(counts.monthly(currency))));
        if (!counts.use(currency).isZero()) {
            fact(translate("subscription.mrr.use"), new Text(Figures.money(counts.use(currency))));
        }
    }

    private Optional<Instant> ending() {
        return Optional.ofNullable(subscription.cancelAt());
    }

    /** @param coming where nobody knows what it takes, its day alone is told */
    private void renewal(Optional<Invoice> coming) {
        if (coming.isEmpty()) {
            fact(translate("subscription.next"), When.day(subscription.period().until(), zone));
            return;
        }
        Invoice next = coming.get();
        Span renewal = new Span(new Text(Figures.money(next.due()) + " " + translate("subscription.next.on") + " "), When.day(next.at(), zone));
        Div all = new Div(renewal);
        all.addClassName("stacked");
        charges.forEach(each -> all.add(new Span(translate("subscription.next.overage", OverageTable.amount(each), each.feature().name()))));
        fact(translate("subscription.next"), all);
    }

    private void fact(String name, Component value) {
        facts.add(new Term(name), new Description(value));
    }
}
