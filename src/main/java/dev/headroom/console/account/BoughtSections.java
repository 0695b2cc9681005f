package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundles;
import dev.headroom.change.PlanChange;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.Notice;
import dev.headroom.overage.OverageCharge;
import dev.headroom.overage.OverageCharges;
import dev.headroom.pricing.Invoice;
import dev.headroom.quote.Quotes;
import dev.headroom.revenue.PayingAccounts.Paid;
import dev.headroom.revenue.PayingAccounts;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** What an account bought, with what waits for the end of its periods and what was used past limits. */
@org.springframework.stereotype.Component
class BoughtSections {

    private final ScheduledPanels scheduled;
    private final OverageCharges overage;
    private final Bundles bundles;
    private final Quotes quotes;
    private final OwnPrices ownPrices;
    private final PayingAccounts paying;
    private final Subscriptions subscriptions;

    BoughtSections(
            ScheduledPanels scheduled, OverageCharges overage, Bundles bundles, Quotes quotes, OwnPrices ownPrices, PayingAccounts paying, Subscriptions subscriptions) {
        this.scheduled = scheduled;
        this.overage = overage;
        this.bundles = bundles;
        this.quotes = quotes;
        this.ownPrices = ownPrices;
        this.paying = paying;
        this.subscriptions = subscriptions;
    }

    /**
     * What was bought, what was agreed with it alone, and, where something waits for the end of a period, or was used past a limit, what.
     *
     * @param ended is told what became of taking one of these back, or of moving it
     */
    List<Section> of(
            AccountReading reading, SignedIn signedIn, Function<AccountSubscription, List<Component>> acts, Consumer<Notice> ended) {
        Map<AccountSubscription, List<PlanChange>> waiting = scheduled.waiting(reading, signedIn);
        List<OverageCharge> charges = overage.of(signedIn.actor(), reading.account().id());
        AccountId id = reading.account().id();
        Paid paid = paying.paid(signedIn.actor(), List.of(id)).getOrDefault(id, Paid.NOTHING);
        Div cards = new Div();
        cards.addClassName("cards");
        reading.subscriptions().forEach(each -> cards.add(new SubscriptionCard(
                each, charges, bundles.all(), reading, paid.of(each.id()), coming(each, signedIn),
                Stream.concat(acts.apply(each).stream(), commitment(reading, each, signedIn, ended).stream()).toList())));
        List<PlanChange> all = reading.subscriptions().stream().flatMap(each -> waiting.getOrDefault(each, List.of()).stream()).toList();
        Section bought = new Section(translate("account.subscriptions"), reading.subscriptions().isEmpty()
                ? new EmptyState(translate("subscription.none"), translate("subscription.none.why"))
                : cards);
        scheduled.unmade(reading, signedIn).forEach(bought::add);
        List<Section> sections = new ArrayList<>(List.of(bought));
        if (!all.isEmpty()) {
            sections.add(new Section(translate(all.stream().anyMatch(PlanChange::dated) ? "scheduled.title.dated" : "scheduled.title"), scheduled.of(reading, all, signedIn, ended)));
        }
        if (!charges.isEmpty()) {
            sections.add(new Section(translate("overage.title"), new OverageTable(charges, reading.account().zone())));
        }
        ownPrices.of(reading, signedIn).ifPresent(sections::add);
        return sections;
    }

    private Optional<Component> commitment(AccountReading reading, AccountSubscription subscription, SignedIn signedIn, Consumer<Notice> noted) {
        if (!subscription.live() || !signedIn.may(Permission.ACCOUNTS)) {
            return Optional.empty();
        }
        Button commit = new Button(translate("commitment.open"), click -> new CommitmentDialog(reading.account(), subscription, subscriptions).open(
                signedIn.actor(), () -> noted.accept(new Notice(Notice.Kind.SUCCESS, translate("commitment.noted"), translate("commitment.noted.why")))));
        commit.addThemeVariants(ButtonVariant.TERTIARY);
        commit.setAriaLabel(translate("commitment.open.of", subscription.planVersion(reading.catalog()).plan().name()));
        return Optional.of(commit);
    }

    /** What the next invoice takes besides for a foreign price, nobody here knows. */
    private Optional<Invoice> coming(AccountSubscription subscription, SignedIn signedIn) {
        return subscription.live() && subscription.foreignPrices().isEmpty() ? quotes.coming(signedIn.actor(), subscription) : Optional.empty();
    }
}
