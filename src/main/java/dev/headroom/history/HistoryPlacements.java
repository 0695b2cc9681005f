package dev.headroom.history;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.account.CreateAccount;
import dev.headroom.account.CreateAccountResult.AccountCreated;
import dev.headroom.account.CreateAccountResult.AccountKeyTaken;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.error.HeadroomException;
import dev.headroom.history.HistoryMistake.Problem;
import dev.headroom.revenue.RevenueHistories.NotPlaced;
import dev.headroom.revenue.RevenueHistories.Open;
import dev.headroom.revenue.RevenueHistories.PastState;
import dev.headroom.revenue.RevenueHistories.Placed;
import dev.headroom.revenue.RevenueHistories.Placing;
import dev.headroom.revenue.RevenueHistories;
import dev.headroom.revenue.RevenueMovement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds out what the lines of one account come to, or brings them: all of them or none. */
@Service
class HistoryPlacements {

    private static final Actor.System SELF = new Actor.System("history");
    /** What ended on a day ended before anything else began on it. */
    private static final Comparator<HistoryLine> IN_TIME = Comparator.comparing(HistoryLine::from).thenComparing(line -> line.year().signum()).thenComparing(HistoryLine::number);

    private final Accounts accounts;
    private final Catalog catalog;
    private final RevenueHistories pasts;

    HistoryPlacements(Accounts accounts, Catalog catalog, RevenueHistories pasts) {
        this.accounts = accounts;
        this.catalog = catalog;
        this.pasts = pasts;
    }

    /**
     * What came of an account.
     *
     * @param fresh    whether it is made for it
     * @param mistakes for which nothing of it is brought
     */
    record Placement(boolean fresh, List<RevenueMovement> movements, List<HistoryMistake> mistakes) {}

    /** Those of the accounts that are there, by their keys. */
    Map<String, Account> known(Collection<String> keys) {
        return accounts.byKeys(SELF, keys);
    }

    /** How far the past of a currency is open. */
    Open open(Currency currency) {
        return pasts.open(currency);
    }

    /**
     * Writes nothing.
     *
     * @param account absent for one that is not there yet
     */
    Placement look(UUID run, List<HistoryLine> lines, @Nullable Account account, Function<Currency, Open> opens) {
        List<HistoryMistake> wrong = wrong(run, lines, account);
        if (!wrong.isEmpty()) {
            return new Placement(false, List.of(), wrong);
        }
        Currency currency = lines.getFirst().currency();
        return placement(lines, account == null, pasts.imagine(SELF, account == null ? null : account.id(), currency, opens.apply(currency), states(lines)));
    }

    /** In the transaction of the caller's; an account that is not there is made. */
    Placement bring(UUID run, List<HistoryLine> lines, @Nullable Account account, Function<Currency, Open> opens) {
        Placement looked = look(run, lines, account, opens);
        if (!looked.mistakes.isEmpty() || account == null && looked.movements.isEmpty()) {
            return looked;
        }
        Currency currency = lines.getFirst().currency();
        Account billed = account == null ? made(run, lines) : account;
        return placement(lines, account == null, pasts.bring(SELF, billed.id(), currency, opens.apply(currency), states(lines), run));
    }

    private Account made(UUID run, List<HistoryLine> lines) {
        return switch (accounts.create(SELF, command(run, lines))) {
            case AccountCreated(Account account) -> account;
            // Nothing of its past would stand where it was refused; whoever comes next finds the account.
            case AccountKeyTaken(Account account) -> throw new IllegalStateException("Account " + account.id() + " was made meanwhile");
        };
    }

    private static Placement placement(List<HistoryLine> lines, boolean fresh, Placing placing) {
        return switch (placing) {
            case Placed(List<RevenueMovement> movements) -> new Placement(fresh && !movements.isEmpty(), movements, List.of());
            case NotPlaced(int line, RevenueHistories.Obstacle obstacle) -> {
                HistoryLine told = lines.stream().filter(each -> each.number() == line).findFirst().orElseThrow();
                yield new Placement(false, List.of(), List.of(mistake(told, obstacle)));
            }
        };
    }

    private static HistoryMistake mistake(HistoryLine line, RevenueHistories.Obstacle obstacle) {
        return switch (obstacle) {
            case RECORDED -> wrong(line, Cells.ACCOUNT, Problem.RECORDED, line.account(), "Expected an account of which no subscription was recorded yet");
            case OVERLAPS -> wrong(line, Cells.FROM, Problem.OVERLAPS, line.from(), "Expected a day after the last one that was brought of the account, or what was brought of it");
            case MONTH_CLOSED -> wrong(line, Cells.FROM, Problem.MONTH_CLOSED, line.from(), "Expected a month that is open: those before the first that has something recorded, until their past is closed");
            case IN_FUTURE -> wrong(line, Cells.FROM, Problem.IN_FUTURE, line.from(), "Expected a day that has come");
            case NAMES_ANOTHER -> wrong(line, Cells.SUBSCRIPTION, Problem.NAMES_ANOTHER, line.subscription(), "Expected another name: this one is of a subscription of another product");
            case RUNS_TWICE -> wrong(line, Cells.SUBSCRIPTION, Problem.RUNS_TWICE, line.subscription(), "Expected one subscription of the product at a time: add up what ran side by side");
            case KIND_CONTRADICTS -> wrong(line, Cells.KIND, Problem.KIND_CONTRADICTS, line.kind(), "Expected a kind that fits what is paid, which is told by the line before, or nothing");
        };
    }

    /** What is wrong with them before anything is looked at in the ledger. */
    private List<HistoryMistake> wrong(UUID run, List<HistoryLine> lines, @Nullable Account account) {
        List<HistoryMistake> wrong = new ArrayList<>();
        Currency currency = account == null ? lines.getFirst().currency() : account.currency();
        Set<List<Object>> days = new HashSet<>();
        for (HistoryLine line : lines) {
            if (!line.currency().equals(currency)) {
                wrong.add(wrong(line, Cells.CURRENCY, Problem.CURRENCY, line.currency(), "Expected " + currency + ": an account is billed in one currency"));
            }
            if (!days.add(List.of(line.subscription(), line.from()))) {
                wrong.add(wrong(line, Cells.FROM, Problem.SAME_DAY, line.from(), "Expected one line of a subscription and day"));
            }
        }
        if (account == null) {
            unmade(run, lines).ifPresent(wrong::add);
        }
        return wrong;
    }

    /** Why an account cannot be made. */
    private Optional<HistoryMistake> unmade(UUID run, List<HistoryLine> lines) {
        try {
            accounts.creating(SELF, command(run, lines));
            return Optional.empty();
        } catch (HeadroomException refused) {
            String column = Optional.ofNullable(refused.field()).map(field -> field.replace("input.", "")).orElse(Cells.ACCOUNT);
            HistoryLine line = lines.stream().filter(each -> !text(each, column).isEmpty()).findFirst().orElse(lines.getFirst());
            return Optional.of(wrong(line, column, Problem.VALUE, text(line, column), "The account is not there yet, and is made: " + refused.getMessage()));
        }
    }

    private static String text(HistoryLine line, String column) {
        return switch (column) {
            case Cells.NAME -> line.name();
            case Cells.EMAIL -> line.email();
            case Cells.COUNTRY -> line.country();
            case String other -> line.account();
        };
    }

    private static HistoryMistake wrong(HistoryLine line, String column, Problem problem, @Nullable Object value, String expected) {
        return HistoryMistake.found(line.number(), column, line.account(), problem, value == null ? null : value.toString(), expected);
    }

    /** What each column says first; the key is its name where nobody says another. */
    private static CreateAccount command(UUID run, List<HistoryLine> lines) {
        HistoryLine first = lines.getFirst();
        String country = first(lines, HistoryLine::country);
        String name = first(lines, HistoryLine::name);
        return new CreateAccount(
                "history:" + run + ":" + first.account(), first.account(), name.isEmpty() ? first.account() : name, first(lines, HistoryLine::email),
                first.currency().getCurrencyCode(), country.isEmpty() ? null : country, null);
    }

    private static String first(List<HistoryLine> lines, Function<HistoryLine, String> column) {
        return lines.stream().map(column).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    private List<PastState> states(List<HistoryLine> lines) {
        return lines.stream().sorted(IN_TIME).map(line -> {
            Plan plan = catalog.snapshot().plan(line.plan()).orElseThrow();
            PlanVersion version = catalog.snapshot().onSale(plan).orElseGet(() -> catalog.snapshot().versionsOf(plan).getLast());
            return new PastState(line.number(), line.subscription(), plan.product(), version.id(), plan.key(), line.seats(), line.year(), line.kind(), line.from());
        }).toList();
    }
}
