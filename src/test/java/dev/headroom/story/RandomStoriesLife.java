package dev.headroom.story;

import static dev.headroom.story.RandomStoriesCast.SELF;
import static dev.headroom.story.RandomStoriesLedger.asked;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Mortality.Death;
import dev.headroom.Story;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.change.ChangePlan;
import dev.headroom.change.ChangePlanResult.ApprovalRequired;
import dev.headroom.change.ChangePlanResult.ChangeInProgress;
import dev.headroom.change.ChangePlanResult.ChangeRefused;
import dev.headroom.change.ChangePlanResult.PaymentActionRequired;
import dev.headroom.change.ChangePlanResult.ConfirmationNotPossible;
import dev.headroom.change.ChangePlanResult.PaymentDeclined;
import dev.headroom.change.ChangePlanResult.PlanChangeCanceled;
import dev.headroom.change.ChangePlanResult.PlanChangeScheduled;
import dev.headroom.change.ChangePlanResult.PlanChanged;
import dev.headroom.change.ChangePlanResult.QuoteIsStale;
import dev.headroom.change.ChangePlanResult.TooManyInvoices;
import dev.headroom.change.ChangePlanResult;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeCancellations.CancelPlanChangeResult;
import dev.headroom.change.PlanChangeCancellations.PlanChangeNotOpen;
import dev.headroom.change.StartSubscription;
import dev.headroom.change.StartSubscriptionResult.FirstPaymentDeclined;
import dev.headroom.change.StartSubscriptionResult.StartInProgress;
import dev.headroom.change.StartSubscriptionResult.SubscriptionStarted;
import dev.headroom.change.StartSubscriptionResult;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.pricing.Debit;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.Quotes.LaterCharge;
import dev.headroom.start.RequestedStart;
import dev.headroom.start.StartQuote;
import dev.headroom.start.StartQuoteResult;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.SubscriptionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One account that does whatever comes to its mind; it knows what it was promised, and looks whether that came true. */
final class RandomStoriesLife {

    /** Longer than a change belongs to whoever began it. */
    private static final Duration LEASE_OVER = Duration.ofMinutes(3);
    private static final int MOST_STATEMENTS = 60;
    private static final int MOST_CHANGES = 40;

    /** What goes wrong while an account acts. */
    enum Weather {
        FAIR,
        /** Some of what is asked of Stripe fails; others may be struck by what was meant for one. */
        STORM,
        /** Whoever carries out what was asked for dies over it. */
        DEADLY
    }

    /**
     * What an account was told of a subscription's next invoice, as long as nothing has happened to it since.
     *
     * @param due absent where another subscription may spend the balance first
     */
    private record Expected(Instant at, String subscription, long total, @Nullable Long due) {}

    /** A quote that was accepted, and whose end is not known yet. */
    private record Accepted(Quote quote, String key, Instant at) {}

    private final RandomStoriesCast cast;
    private final Story story;
    private final String name;
    private final SplittableRandom random;
    private RandomStoriesWishes wishes;
    private final RandomStoriesDates dates = new RandomStoriesDates();
    private final List<String> steps = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private String key = "";
    private @Nullable AccountId account;
    private @Nullable RandomStoriesLedger ledger;
    private @Nullable String customer;
    private @Nullable Expected expected;
    private final List<Accepted> unknown = new ArrayList<>();
    private @Nullable PaymentActionRequired confirming;
    private boolean starting;
    /** Whether a start was left without an answer, which whoever sweeps may not have found out yet. */
    private boolean unknownStart;
    /** By when whoever sweeps has ended what was left without an answer; absent where nothing was. */
    private @Nullable Instant unsettled;
    private boolean pays;
    private boolean reduced;

    RandomStoriesLife(RandomStoriesCast cast, Story story, String name, SplittableRandom random) {
        this.cast = cast;
        this.story = story;
        this.name = name;
        this.random = random;
        this.wishes = new RandomStoriesWishes(story, random, List.of());
    }

    Map<String, Integer> outcomes() {
        return outcomes;
    }

    String told() {
        return name + "\n    " + String.join("\n    ", steps);
    }

    Optional<String> customer() {
        return Optional.ofNullable(customer);
    }

    String name() {
        return name;
    }

    void begin() {
        key = story.account(name);
        account = cast.accounts().meant(SELF, key).id();
        card("pm_card_visa");
    }

    private void card(String card) {
        story.card(key, card);
        pays = card.equals("pm_card_visa");
        step("pays by " + card);
    }

    private void start(Weather weather) {
        String click = UUID.randomUUID().toString();
        var wanted = wishes.start(key, click);
        @Nullable StartQuote quote = random.nextBoolean() ? quoted(wishes.quoted(wanted)) : null;
        StartSubscription command = quote == null ? wanted : accepting(quote, click);
        String told = "starts " + wanted.plan() + " " + wanted.interval() + " × " + wanted.seats() + ", trial of " + wanted.trialDays() + " days";
        start(command, quote, told, weather);
    }

    /** The other product, beside what is there. */
    private void startBeside(AccountSubscription held, Weather weather) {
        RequestedStart wanted = wishes.beside(held);
        @Nullable StartQuote quote = quoted(wanted);
        if (quote != null) {
            start(accepting(quote, UUID.randomUUID().toString()), quote, "starts " + wanted, weather);
        }
    }

    private static StartSubscription accepting(StartQuote quote, String click) {
        return new StartSubscription(click, null, quote.token(), null, null, null, null);
    }

    private void start(StartSubscription command, @Nullable StartQuote quote, String wanted, Weather weather) {
        starting = true;
        // Whatever comes of it, it may have spent what is on the balance.
        expected = null;
        boolean first = held().isEmpty();
        Supplier<StartSubscriptionResult> work = () -> cast.starts().start(SELF, command);
        String told = wanted + (quote == null ? "" : " for " + quote.dueNow())
                + (quote == null ? "" : quote.target().offers().stream().map(offer -> " with " + offer.key()).collect(Collectors.joining()));
        reduced |= quote != null && !quote.target().offers().isEmpty();
        try {
            StartSubscriptionResult result = weather == Weather.DEADLY ? cast.mortality().dyingAfter(random.nextInt(MOST_STATEMENTS), work) : work.get();
            count(told, result.getClass().getSimpleName());
            // What is left of a start, or of a change that is being charged for, keeps others out for as long as it belongs to whoever died.
            if ((unknownStart || unsettled != null) && result instanceof StartInProgress) {
                starting = unknownStart;
                return;
            }
            starting = false;
            unknownStart = false;
            if (first && (pays || !(result instanceof FirstPaymentDeclined))) {
                assertThat(result).isInstanceOf(SubscriptionStarted.class);
            }
            if (quote != null && result instanceof SubscriptionStarted(var begun)) {
                begunAsQuoted(quote, begun);
            }
        } catch (Death death) {
            unknownStart = true;
            count(told, "started by somebody who died");
        } catch (HeadroomException failed) {
            assertThat(failed.code()).isEqualTo(ErrorCode.STRIPE_UNAVAILABLE);
            assertThat(weather).isEqualTo(Weather.STORM);
            unknownStart = true;
            count(told, "Stripe was not there for a start");
        }
        known();
    }

    private void begunAsQuoted(StartQuote quote, AccountSubscription begun) {
        assertThat(first(begun)).as("the first invoice of what was quoted").isEqualTo(quote.dueNow().minor());
        if (quote.target().together() != null) {
            assertThat(begun.period().until()).as("ends together").isEqualTo(quote.target().together().until());
            count("", "ends together");
        }
    }

    private @Nullable StartQuote quoted(RequestedStart wanted) {
        StartQuoteResult result = cast.startQuotes().quote(SELF, account, wanted, "start");
        if (result instanceof StartQuoteResult.StartNotAllowed(var rule, var _)) {
            count("wants " + wanted, "a start is kept back: " + rule);
        }
        return result instanceof StartQuote quote ? quote : null;
    }

    private long first(AccountSubscription begun) {
        try {
            return cast.spectator().v1().invoices().list(InvoiceListParams.builder().setSubscription(begun.stripeId()).build()).getData().getLast().getAmountDue();
        } catch (StripeException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void known() {
        Account now = cast.accounts().meant(SELF, key);
        if (customer == null && now.stripeCustomer() != null) {
            customer = now.stripeCustomer();
            ledger = new RandomStoriesLedger(cast, now.id(), now.stripeCustomer());
        }
    }

    private List<AccountSubscription> held() {
        return cast.subscriptions().live(SELF, account);
    }

    private AccountSubscription held(AccountSubscription before) {
        return cast.subscriptions().byId(SELF, before.account(), before.id());
    }

    /** @param sweeps when somebody makes what has come due, the next time first */
    void act(Weather weather, List<Instant> sweeps) {
        wishes = new RandomStoriesWishes(story, random, sweeps);
        List<AccountSubscription> live = held();
        if (live.isEmpty()) {
            if (!starting) {
                start(weather);
            }
            return;
        }
        if (confirming != null && weather != Weather.STORM && random.nextInt(2) == 0) {
            decide(confirming);
            return;
        }
        if (weather != Weather.STORM && random.nextInt(8) == 0) {
            card(List.of("pm_card_visa", "pm_card_visa", "pm_card_visa", "pm_card_chargeCustomerFail", "pm_card_authenticationRequired").get(random.nextInt(5)));
        }
        AccountSubscription held = live.get(random.nextInt(live.size()));
        if (live.size() == 1 && !starting && random.nextInt(4) == 0) {
            startBeside(held, weather);
        } else {
            change(held, weather);
        }
    }

    private void change(AccountSubscription held, Weather weather) {
        List<PlanChange> waiting = held.scheduled().isEmpty() ? List.of() : cast.changes().scheduled(SELF, List.of(held)).get(held);
        if (!waiting.isEmpty() && random.nextInt(4) == 0) {
            giveUp(waiting.get(random.nextInt(waiting.size())), weather);
        } else if (weather == Weather.FAIR && random.nextInt(5) == 0) {
            thereAndBack(held);
        } else {
            ask(wishes.change(held, cast.catalog().snapshot()), weather).ifPresent(quote -> accept(quote, weather));
        }
    }

    private Optional<Quote> ask(RequestedChange wanted, Weather weather) {
        QuoteResult result = cast.quotes().quote(SELF, account, wanted);
        if (result instanceof Quote quote) {
            return Optional.of(quote);
        }
        String why = result instanceof QuoteResult.ChangeNotAllowed(var rule, var _, var _, var _) ? rule.name() : result.getClass().getSimpleName();
        count("wants " + wanted, why);
        if (result instanceof QuoteResult.PaymentPastDue && weather != Weather.STORM && random.nextInt(2) == 0) {
            card("pm_card_visa");
        }
        return Optional.empty();
    }

    /** The bank wants to hear from the card's holder, who answers, thinks better of it, or forgets. */
    private void decide(PaymentActionRequired waiting) {
        confirming = null;
        int mind = random.nextInt(3);
        if (mind == 0) {
            giveUp(waiting.change(), Weather.FAIR);
        } else if (mind == 1) {
            confirm(waiting.clientSecret().replaceFirst("_secret.*", ""));
        } else {
            count("forgets to confirm", "not confirmed");
        }
    }

    /** It may have ended by itself. */
    private void confirm(String intent) {
        if (asked(() -> cast.spectator().v1().paymentIntents().retrieve(intent)).getStatus().equals("requires_action")) {
            asked(() -> cast.spectator().v1().paymentIntents().confirm(intent));
            count("confirms", "confirmed");
        }
    }

    private void giveUp(PlanChange change, Weather weather) {
        dates.altered();
        String click = UUID.randomUUID().toString();
        Supplier<CancelPlanChangeResult> work = () -> cast.cancellations().cancel(SELF, account, change.id(), click);
        try {
            CancelPlanChangeResult result = weather == Weather.DEADLY ? cast.mortality().dyingAfter(random.nextInt(MOST_STATEMENTS), work) : work.get();
            assertThat(result).isInstanceOfAny(PlanChangeCanceled.class, PlanChangeNotOpen.class, ChangeInProgress.class);
            count("gives up " + change.id(), "taken back: " + result.getClass().getSimpleName());
        } catch (Death death) {
            left();
            count("gives up " + change.id(), "taken back by somebody who died");
        } catch (HeadroomException failed) {
            assertThat(failed.code()).isEqualTo(ErrorCode.STRIPE_UNAVAILABLE);
            assertThat(weather).isEqualTo(Weather.STORM);
            left();
            count("gives up " + change.id(), "Stripe was not there to take back");
        }
        expected = null;
    }

    /**
     * Changed and changed back in one second costs nothing; a new period that began meanwhile would. Where what is given back was itself billed for
     * a part of the period, it was rounded then, and giving it back rounds again: a cent for each such line at most. What was billed at a discount
     * that is used up by now would be billed without it.
     */
    private void thereAndBack(AccountSubscription before) {
        Optional<Quote> there = ask(wishes.change(before, cast.catalog().snapshot()), Weather.FAIR)
                .filter(quote -> quote.when() == RequestedChange.When.NOW && !quote.target().over());
        if (there.isEmpty() || !(accept(there.get(), Weather.FAIR) instanceof PlanChanged)) {
            return;
        }
        AccountSubscription between = held(before);
        boolean comparable = between.interval() == before.interval() && between.state() == before.state() && between.period().equals(before.period())
                && !reduced && before.renews() == between.renews() && there.get().target().prorated();
        Optional<Quote> back = comparable ? ask(wishes.backTo(before, between, cast.catalog().snapshot()), Weather.FAIR) : Optional.empty();
        // What soon after more gives nothing back, or is not prorated, is the vendor's rule and no rounding.
        back.filter(quote -> quote.target().prorated()).ifPresent(quote -> {
            long total = Math.addExact(there.get().quotation().now().total().minor(), quote.quotation().now().total().minor());
            if (accept(quote, Weather.FAIR) instanceof PlanChanged) {
                long rounded = before.items().stream().flatMap(item -> item.debits().stream()).filter(debit -> !wholly(debit, before)).count();
                assertThat(Math.abs(total)).as("there and back: " + described(there.get()) + "\nand " + described(quote)).isLessThanOrEqualTo(rounded);
                count("", "there and back for nothing");
            }
        });
    }

    /** Whether it was billed for a whole interval, of which nothing was rounded. */
    private static boolean wholly(Debit debit, AccountSubscription subscription) {
        return debit.period().equals(subscription.anchor().periodContaining(subscription.interval(), debit.period().from()));
    }

    private @Nullable ChangePlanResult accept(Quote quote, Weather weather) {
        expected = null;
        reduced |= !quote.target().taken().isEmpty() || !quote.bundles().isEmpty();
        quote.bundles().forEach(bundle -> count("", "a bundle is " + bundle.effect()));
        Accepted accepted = new Accepted(quote, UUID.randomUUID().toString(), cast.stories().clock().instant());
        Supplier<ChangePlanResult> work = () -> cast.changes().change(SELF, new ChangePlan(quote.token(), accepted.key()));
        step("accepts " + described(quote));
        dates.accepted(quote);
        List<LaterCharge> later = cast.quotes().later(SELF, quote);
        try {
            @Nullable String before = weather == Weather.STORM ? null : ledger.newest();
            ChangePlanResult result = weather == Weather.DEADLY ? cast.mortality().dyingAfter(random.nextInt(MOST_STATEMENTS), work) : work.get();
            count("", result.getClass().getSimpleName());
            if (weather != Weather.STORM) {
                answered(accepted, result, before);
                followed(later, result);
                return result;
            }
            // Nobody looks in a storm: what is meant for the product would strike whoever looks.
            confirming = result instanceof PaymentActionRequired waiting ? waiting : confirming;
        } catch (Death death) {
            count("", "changed by somebody who died");
        } catch (HeadroomException failed) {
            assertThat(failed.code()).isEqualTo(ErrorCode.STRIPE_UNAVAILABLE);
            assertThat(weather).isEqualTo(Weather.STORM);
            count("", "Stripe was not there for a change");
        }
        left();
        unknown.add(accepted);
        return null;
    }

    private void left() {
        dates.altered();
        unsettled = cast.stories().clock().instant().plus(LEASE_OVER);
    }

    /** What was left alters the promises that follow of it whenever somebody takes it up. */
    private void settled() {
        if (unsettled != null) {
            dates.altered();
            unsettled = cast.stories().clock().instant().isBefore(unsettled) ? unsettled : null;
        }
    }

    private void followed(List<LaterCharge> later, ChangePlanResult result) {
        if (result instanceof PlanChanged || result instanceof PlanChangeScheduled) {
            dates.retold(later, cast.changes().history(SELF, account, MOST_CHANGES));
        } else {
            dates.altered();
        }
    }

    private void answered(Accepted accepted, ChangePlanResult result, @Nullable String before) {
        Quote quote = accepted.quote();
        switch (result) {
            case PlanChanged(PlanChange change) -> {
                applied(accepted, change);
                assertThat(ledger.since(before)).as("invoices").isEqualTo(quote.quotation().now().lines().isEmpty() ? 0 : 1);
                entitled(quote);
                told(quote);
                agrees(quote.subscription());
            }
            case PlanChangeScheduled(PlanChange change) -> {
                assertThat(ledger.since(before)).as("invoices").isZero();
                told(quote);
                agrees(quote.subscription());
            }
            case PaymentActionRequired waiting -> {
                confirming = waiting;
                assertThat(paidAt(quote)).isZero();
            }
            case PaymentDeclined _, ConfirmationNotPossible _ -> {
                assertThat(paidAt(quote)).isZero();
                assertThat(held(quote.subscription()).terms()).as("unchanged").isEqualTo(quote.subscription().terms());
            }
            case ChangeInProgress _, TooManyInvoices _ -> {}
            // Stripe had renewed, and we had not heard.
            case QuoteIsStale _ -> {}
            case PlanChangeCanceled _ -> throw new AssertionError("Nobody gave it up");
            case ApprovalRequired _ -> throw new AssertionError("There are no rules that anybody would have to agree to");
            case ChangeRefused(String code, String message, PlanChange _) -> throw new AssertionError("Stripe refused " + code + ": " + message);
        }
    }

    /** Whoever waits for a date may be refused by then, and is billed without it. */
    private void told(Quote quote) {
        boolean certain = quote.when() != RequestedChange.When.AT_DATE && quote.subscription().dated().isEmpty();
        expected = Optional.ofNullable(quote.quotation().next()).filter(_ -> certain)
                .map(next -> new Expected(
                        next.at(), quote.subscription().stripeId(), next.total().minor(), held().size() == 1 ? Long.valueOf(next.due().minor()) : null))
                .orElse(null);
    }

    private void applied(Accepted accepted, PlanChange change) {
        Quote quote = accepted.quote();
        assertThat(change.state()).as("%s %s", change.failureCode(), change.failureMessage()).isEqualTo(PlanChange.State.APPLIED);
        assertThat(change.charged()).isEqualTo(quote.dueNow());
        if (!quote.quotation().now().lines().isEmpty()) {
            Invoice invoice = ledger.invoice(change.invoice());
            assertThat(invoice.getAmountDue()).as("invoiced").isEqualTo(quote.dueNow().minor());
            long total = quote.quotation().now().total().minor();
            // Stripe gives back what is left when it ends one; the rest of the promise is put on the balance.
            assertThat(invoice.getTotal()).as("invoiced in all").isBetween(total, quote.target().over() ? Math.max(0, total) : total);
            assertThat(invoice.getStatus()).isEqualTo("paid");
        }
    }

    private long paidAt(Quote quote) {
        return ledger.invoices().stream()
                .filter(invoice -> invoice.getCreated() == quote.quotedAt().getEpochSecond() && invoice.getBillingReason().equals("subscription_update")
                        && invoice.getSubtotal() == quote.quotation().now().lines().stream().mapToLong(line -> line.amount().minor()).sum())
                .mapToLong(Invoice::getAmountPaid).sum();
    }

    /** What was bought is there with the very next question. */
    private void entitled(Quote quote) {
        AccountSubscription now = held(quote.subscription());
        if (now.state() != SubscriptionState.ACTIVE && now.state() != SubscriptionState.TRIALING) {
            return;
        }
        Map<String, Long> granted = new HashMap<>();
        for (Entitlement each : cast.entitlements().check(SELF, account, null, 0)) {
            if (each.granted() && each.setting() == null && each.feature().product().equals(now.product())) {
                granted.put(each.feature().key(), Optional.ofNullable(each.limit()).orElse(-1L));
            }
        }
        assertThat(granted).as("entitled to").isEqualTo(wishes.included(quote.target()));
    }

    /** @param heard whether everything that Stripe told has arrived */
    void look(boolean heard) {
        if (customer == null) {
            known();
        }
        started();
        settled();
        resolve();
        if (ledger != null) {
            dates.ended(() -> cast.changes().history(SELF, account, MOST_CHANGES), ledger::invoice, cast.catalog().snapshot()).forEach(outcome -> count("", outcome));
        }
        renewedAsQuoted();
        if (heard) {
            agrees(null);
        }
    }

    /** What somebody died over is followed up by whoever sweeps next; of what was changed just now nothing else was left. */
    private void agrees(@Nullable AccountSubscription changed) {
        boolean left = unknown.stream().anyMatch(each -> changed == null || !each.quote().subscription().id().equals(changed.id()));
        if (ledger == null || starting || left) {
            return;
        }
        if (changed == null) {
            ledger.agrees();
        } else {
            ledger.agreesOn(changed.stripeId());
        }
    }

    private void started() {
        if (starting && ledger != null && ledger.running().size() == held().size()) {
            starting = false;
            count("", held().isEmpty() ? "not started" : "started whoever died");
        }
    }

    private void resolve() {
        List<Accepted> over = unknown.stream().filter(each -> !cast.stories().clock().instant().isBefore(each.at().plus(LEASE_OVER))).toList();
        unknown.removeAll(over);
        over.forEach(this::resolve);
    }

    private void resolve(Accepted accepted) {
        Optional<PlanChange> change = cast.changes().history(SELF, account, MOST_CHANGES).stream()
                .filter(each -> each.promise().quote().equals(accepted.quote().id())).findFirst();
        count("", "what was left: " + change.map(each -> each.state().name()).orElse("nothing"));
        if (change.isEmpty()) {
            assertThat(paidAt(accepted.quote())).isZero();
            return;
        }
        switch (change.get().state()) {
            case APPLIED, MISMATCHED -> {
                // What was promised for a date is looked at there.
                if (!change.get().dated()) {
                    applied(accepted, change.get());
                }
            }
            case DECLINED, REFUSED, ABANDONED, CANCELED -> assertThat(paidAt(accepted.quote())).as("paid for nothing").isZero();
            case SCHEDULED, ACTION_REQUIRED -> {}
            case REQUESTED, CANCELING -> throw new AssertionError("Nobody has finished " + change.get());
        }
    }

    /** Only the first renewal was told of, and only if nothing else was done before it. */
    private void renewedAsQuoted() {
        Expected told = expected;
        if (told == null || told.at().isAfter(cast.stories().clock().instant())) {
            return;
        }
        expected = null;
        List<Invoice> then = ledger.invoicesOf(told.subscription()).stream().filter(invoice -> invoice.getCreated() == told.at().getEpochSecond()).toList();
        assertThat(then).as("invoiced at " + told.at()).hasSize(1);
        assertThat(then.getFirst().getTotal()).as("invoiced in all at " + told.at()).isEqualTo(told.total());
        if (told.due() != null) {
            assertThat(then.getFirst().getAmountDue()).as("invoiced at " + told.at()).isEqualTo(told.due());
        }
        count("", "renewed as quoted");
    }

    /** The end of the story. */
    void end() {
        if (ledger != null) {
            ledger.agrees();
            ledger.balances();
        }
    }

    private void count(String step, String outcome) {
        step(step + " → " + outcome);
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private void step(String what) {
        steps.add(cast.stories().clock().instant() + " " + what);
    }

    private static String described(Quote quote) {
        StringBuilder text = new StringBuilder(quote.when() + " at " + quote.quotedAt() + " of " + quote.subscription().stripeId() + " " + quote.subscription().state() + " "
                + quote.subscription().period() + " anchor " + quote.subscription().anchor().at() + " trial " + quote.subscription().trialUntil() + " cancel "
                + quote.subscription().cancelAt() + " balance " + quote.subscription().balance() + " discounts " + quote.subscription().discounts() + " waiting "
                + quote.subscription().scheduled().stream().map(each -> each.requested()).toList());
        quote.subscription().items().forEach(item -> text.append("\n      has ").append(item));
        quote.target().items().stream().sorted(Comparator.comparing(item -> item.version().plan().key())).forEach(item -> text.append("\n      wants ")
                .append(item.version().plan().key()).append(' ').append(item.price().price().interval()).append(" × ").append(item.quantity()));
        quote.target().taken().forEach(taken -> text.append("\n      with ").append(taken.offer().key()));
        quote.quotation().now().lines().forEach(line -> text.append("\n      ").append(line));
        return text.append("\n      due ").append(quote.dueNow()).append(", next ").append(quote.quotation().next()).toString();
    }
}
