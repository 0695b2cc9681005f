package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalReason;
import dev.headroom.approval.Approvals;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.error.HeadroomException;
import dev.headroom.start.RequestedStart;
import dev.headroom.start.StartClaims;
import dev.headroom.start.StartQuotes;
import dev.headroom.start.StartQuotes.Staleness;
import dev.headroom.start.StartQuotes.Standing;
import dev.headroom.start.StartTargets;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Says what a requested start would be: of a plan as it is sold now, or as a quote has promised it. */
@Service
class StartSales {

    private static final Actor.System SELF = new Actor.System("change");

    private final StartTargets targets;
    private final StartQuotes quotes;
    private final Approvals approvals;
    private final Accounts accounts;
    private final Catalog catalog;

    StartSales(StartTargets targets, StartQuotes quotes, Approvals approvals, Accounts accounts, Catalog catalog) {
        this.targets = targets;
        this.quotes = quotes;
        this.approvals = approvals;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    /** The account that a command is for: the quote knows whose it is. */
    Account account(Actor actor, StartSubscription command) {
        String token = command.quoteToken();
        if (token == null) {
            return accounts.meant(actor, command.account());
        }
        Account account = accounts.byId(SELF, quotes.verify(actor, token).account());
        if (command.account() != null && !command.account().equals(account.key())) {
            throw HeadroomException.invalid("input.account", "The quote is for another account; leave this out, or ask for a quote of this one");
        }
        return account;
    }

    StartTerms terms(Actor actor, StartSubscription command, Account account) {
        String token = command.quoteToken();
        if (token == null) {
            return wanted(actor, command, account);
        }
        if (Stream.of(command.plan(), command.interval(), command.seats(), command.trialDays()).anyMatch(given -> given != null)) {
            throw HeadroomException.invalid("input.quoteToken", "The quote says plan, interval, seats and trial; leave those out, or the token");
        }
        StartClaims claims = quotes.verify(actor, token);
        return switch (quotes.standing(account, claims)) {
            case Standing.Holds(var target) -> new StartTerms.Sold(target, claims);
            case Standing.Stale(Staleness why) -> new StartTerms.Stale(why, quotes.again(actor, account, claims));
        };
    }

    private StartTerms wanted(Actor actor, StartSubscription command, Account account) {
        if (command.plan() == null) {
            throw HeadroomException.invalid("input.plan", "Name a plan, or send the token of a startQuote as quoteToken");
        }
        RequestedStart wanted = new RequestedStart(command.plan(), command.interval(), command.seats(), command.trialDays());
        return switch (targets.find(actor, account, wanted, "input")) {
            case StartTargets.Answer.NotOnSale(Plan plan) -> new StartTerms.NotOnSale(plan);
            case StartTargets.Answer.Found(var target) -> new StartTerms.Sold(target, null);
        };
    }

    /** What a promise that cannot be kept has become. */
    StartTerms.Stale again(Actor actor, StartSubscription command, Account account, Staleness why) {
        StartClaims claims = quotes.verify(actor, String.valueOf(command.quoteToken()));
        return new StartTerms.Stale(why, quotes.again(actor, account, claims));
    }

    /** Why the vendor alone can start this; empty where whoever wants it may. */
    List<ApprovalReason> reasons(StartTerms.Sold sold) {
        return approvals.ofStart(sold.target().version(), sold.target().price(), sold.target().quantity(), sold.target().offers());
    }

    Currency currency(Start start) {
        return catalog.snapshot().price(start.price()).price().currency();
    }

    Plan plan(Start start) {
        return catalog.snapshot().versionOf(start.price()).plan();
    }
}
