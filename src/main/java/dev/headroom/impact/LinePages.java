package dev.headroom.impact;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.csv.CsvLine;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.impact.ImpactLine.PassedLimit;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.SubscriptionId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The lines of a run, as they are looked at: some of them, all of them as a file, and what one of them would cost. For whoever may CATALOG. */
@Service
public class LinePages {

    private static final int WRITTEN_AT_ONCE = 2_000;
    private static final Object[] COLUMNS = {
        "account", "name", "subscription", "version", "standing", "counts_as_revenue", "interval", "quantity", "currency", "recurring_before_minor",
        "recurring_after_minor", "mrr_before_minor", "mrr_after_minor", "mrr_difference_minor", "mrr_before", "mrr_after", "change", "moves", "hindrance",
        "hindered_until", "limits"};

    private final RunRepository runs;
    private final LineRepository lines;
    private final Accounts accounts;
    private final Catalog catalog;
    private final Quotes quotes;

    LinePages(RunRepository runs, LineRepository lines, Accounts accounts, Catalog catalog, Quotes quotes) {
        this.runs = runs;
        this.lines = lines;
        this.accounts = accounts;
        this.catalog = catalog;
        this.quotes = quotes;
    }

    /** Which lines, and in which order. */
    public enum Kind {
        /** Whose MRR rises, by currency, and of one the greatest rise first. */
        RISES,
        /** Whose MRR falls, by currency, and of one the greatest fall first. */
        FALLS,
        /** That pass a smaller limit, or will when a window ends. */
        OVER_LIMIT,
        /** That have a gate or setting which the version does not grant. */
        LOSES_FEATURE,
        CANNOT_MOVE
    }

    /** A place in the order of lines. */
    record Mark(Currency currency, long difference, UUID account, UUID subscription) {

        private static final int PARTS = 4;

        static Mark of(ImpactLine line) {
            return new Mark(line.mrrBefore().currency(), line.difference().minor(), line.account().value(), line.subscription().value());
        }

        String text() {
            return String.join(":", currency.getCurrencyCode(), String.valueOf(difference), account.toString(), subscription.toString());
        }

        static Mark parse(String text) {
            String[] parts = text.split(":", -1);
            try {
                if (parts.length == PARTS) {
                    return new Mark(Currency.getInstance(parts[0]), Long.parseLong(parts[1]), Ids.parse(parts[2]).orElseThrow(), Ids.parse(parts[3]).orElseThrow());
                }
            } catch (RuntimeException ours) {
                // Whatever of it is not as we wrote it, there is one thing to say.
            }
            throw HeadroomException.invalid("after", "Expected the endCursor of the page before");
        }
    }

    /**
     * A page of lines.
     *
     * @param end what follows is asked for with; absent of an empty page
     */
    public record LinePage(List<ImpactLine> lines, boolean hasNext, @Nullable String end) {}

    /**
     * Some lines with the limits that they pass, of those that are there by now; two statements, however many lines the run has.
     *
     * @param kind     absent is all of them, in the order of accounts
     * @param currency absent is every one
     * @param after    the end of the page before
     */
    public LinePage page(Actor actor, UUID run, @Nullable Kind kind, @Nullable Currency currency, @Nullable String after, int size) {
        actor.requireEveryAccount(Permission.CATALOG);
        List<ImpactLine> found = lines.page(run, kind, currency, after == null ? null : Mark.parse(after), size + 1);
        List<ImpactLine> shown = limited(run, found.stream().limit(size).toList());
        return new LinePage(shown, found.size() > size, shown.isEmpty() ? null : Mark.of(shown.getLast()).text());
    }

    private List<ImpactLine> limited(UUID run, List<ImpactLine> of) {
        Map<SubscriptionId, List<PassedLimit>> limits = of.isEmpty() ? Map.of() : lines.limits(run, of);
        return of.stream().map(line -> line.with(limits.getOrDefault(line.subscription(), List.of()))).toList();
    }

    /**
     * The accounts that a segment names.
     *
     * @param path of it in the request
     * @throws HeadroomException NOT_FOUND for a key that no account has
     */
    public Set<UUID> named(Actor actor, Segment segment, String path) {
        actor.requireEveryAccount(Permission.CATALOG);
        Map<String, Account> found = accounts.byKeys(actor, segment.accounts());
        segment.accounts().stream().filter(key -> !found.containsKey(key)).findFirst().ifPresent(unknown -> {
            throw HeadroomException.notFound(path + ".accounts", "No account has the key \"" + unknown + "\"");
        });
        return found.values().stream().map(account -> account.id().value()).collect(Collectors.toSet());
    }

    /** What moving it at once would cost now, prorated, by the arithmetic of every quote; it cannot be accepted. */
    public QuoteResult quote(Actor actor, ImpactLine line) {
        actor.requireEveryAccount(Permission.CATALOG);
        ImpactRun run = runs.byId(line.run()).orElseThrow();
        return quotes.quote(actor, line.account(), line.subscription(), run.next());
    }

    /**
     * Every line of a run that is done, as lines of comma-separated values with a heading; read a few thousand at a time.
     *
     * @throws HeadroomException NOT_FOUND where there is no such run, CONFLICT where it is not done, or its lines are not kept any more
     */
    public void write(Actor actor, UUID id, Consumer<String> out) {
        actor.requireEveryAccount(Permission.CATALOG);
        ImpactRun run = runs.byId(id).orElseThrow(() -> HeadroomException.notFound("id", "No such impact"));
        if (run.state() != ImpactRun.State.DONE || !run.linesKept()) {
            throw HeadroomException.of(ErrorCode.CONFLICT, "id", "Its lines are not all there: it is " + run.state() + ", or they are not kept any more");
        }
        out.accept(CsvLine.of(COLUMNS));
        List<ImpactLine> page = List.of();
        do {
            page = lines.page(id, null, null, page.isEmpty() ? null : Mark.of(page.getLast()), WRITTEN_AT_ONCE);
            Map<AccountId, Account> owners = accounts.byIds(actor, page.stream().map(ImpactLine::account).toList());
            limited(id, page).forEach(line -> out.accept(line(line, Optional.ofNullable(owners.get(line.account())))));
        } while (page.size() == WRITTEN_AT_ONCE);
    }

    private String line(ImpactLine line, Optional<Account> owner) {
        return CsvLine.of(
                owner.map(Account::key).orElse(null), owner.map(Account::name).orElse(null), line.subscription(), catalog.snapshot().version(line.has()).number(),
                line.standing(), line.standing().revenue(), line.interval(), line.quantity(), line.mrrBefore().currency(), line.recurringBefore().minor(),
                line.recurringAfter().minor(), line.mrrBefore().minor(), line.mrrAfter().minor(), line.difference().minor(), line.mrrBefore().major(),
                line.mrrAfter().major(), line.band(), line.moves(), line.hindrance(), line.hinderedUntil(),
                line.limits().stream().map(this::limit).collect(Collectors.joining("; ")));
    }

    private String limit(PassedLimit limit) {
        String feature = catalog.snapshot().feature(limit.feature()).key();
        return limit.closes()
                ? feature + ": no more"
                : feature + ": " + limit.used() + " used, " + limit.expected() + " expected, " + limit.after() + " included instead of "
                        + Stream.ofNullable(limit.before()).map(String::valueOf).findFirst().orElse("unlimited");
    }
}
