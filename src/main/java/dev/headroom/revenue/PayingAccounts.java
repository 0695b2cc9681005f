package dev.headroom.revenue;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.csv.CsvLine;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The accounts that a sum of recurring revenue is made of: page by page, or all as a file. For whoever may see REVENUE. */
@Service
public class PayingAccounts {

    private static final int READ_AT_ONCE = 2_000;
    private static final Object[] COLUMNS = {"account", "name", "month", "currency", "mrr_minor", "mrr", "cohort", "paying_since"};

    private static final Object[] RETAINED_COLUMNS = {"account", "name", "from", "until", "currency", "start_minor", "end_minor", "kept_minor", "kept"};
    private static final int MOST_MONTHS = 60;

    private final PayingAccountRepository paying;
    private final RetainedRepository retained;
    private final SettingsRepository settings;
    private final Accounts accounts;

    PayingAccounts(PayingAccountRepository paying, RetainedRepository retained, SettingsRepository settings, Accounts accounts) {
        this.paying = paying;
        this.retained = retained;
        this.settings = settings;
        this.accounts = accounts;
    }

    /**
     * Which accounts: those that paid at the end of a month.
     *
     * @param cohort  that paid for the first time in this month; absent is any
     * @param paying  that paid before this month, and since then without a break; absent is any
     * @param several whether only those that paid for more than one product
     */
    public record Filter(Currency currency, YearMonth month, @Nullable YearMonth cohort, @Nullable YearMonth paying, boolean several) {

        /** Whoever paid, of one cohort or of all. */
        public Filter(Currency currency, YearMonth month, @Nullable YearMonth cohort) {
            this(currency, month, cohort, null, false);
        }
    }

    /**
     * What an account paid at the end of a month.
     *
     * @param mrr    more than nothing
     * @param cohort month of its first payment
     * @param since  month since which it paid without a break
     */
    public record PayingAccount(AccountId account, Money mrr, YearMonth cohort, YearMonth since) {}

    /**
     * What an account pays at present, as the ledger has it.
     *
     * @param mrr    of each currency that it ever paid in
     * @param counts of each subscription; each rounded by itself, so that together they may be some minor units from {@code mrr}
     */
    public record Paid(List<Money> mrr, Map<SubscriptionId, Counts> counts) {
        public static final Paid NOTHING = new Paid(List.of(), Map.of());

        public Paid {
            mrr = List.copyOf(mrr);
            counts = Map.copyOf(counts);
        }

        public Money in(Currency currency) {
            return mrr.stream().filter(each -> each.currency().equals(currency)).findFirst().orElse(Money.zero(currency));
        }

        public Counts of(SubscriptionId subscription) {
            return counts.getOrDefault(subscription, Counts.NOTHING);
        }
    }

    /**
     * What is counted of a subscription, exactly, in minor units of twelve months.
     *
     * @param year of what recurs
     * @param use  of use past limits
     */
    public record Counts(BigDecimal year, BigDecimal use) {
        static final Counts NOTHING = new Counts(BigDecimal.ZERO, BigDecimal.ZERO);

        public Money monthly(Currency currency) {
            return new Money(Ledger.month(year.add(use)), currency);
        }

        /** What of it is use past limits. */
        public Money use(Currency currency) {
            return new Money(Ledger.month(use), currency);
        }
    }

    /** A place in the order of accounts. */
    public record Mark(long minor, UUID account) {

        public static Mark of(PayingAccount last) {
            return new Mark(last.mrr().minor(), last.account().value());
        }

        public String text() {
            return minor + "_" + account;
        }

        /** @throws HeadroomException INVALID_INPUT for what no page ended with */
        public static Mark parse(String text) {
            String[] parts = text.split("_", -1);
            try {
                return new Mark(Long.parseLong(parts[0]), Ids.parse(parts[1]).orElseThrow());
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException | NoSuchElementException unknown) {
                throw HeadroomException.invalid("after", "Expected the endCursor of the page before");
            }
        }
    }

    /**
     * Which accounts: those that paid when a range began.
     *
     * @param from  inclusive
     * @param until exclusive
     */
    public record Range(Currency currency, YearMonth from, YearMonth until) {

        /** @throws HeadroomException INVALID_INPUT where it ends before it begins, or is longer than 60 months */
        public Range {
            if (!from.isBefore(until) || from.plusMonths(MOST_MONTHS).isBefore(until)) {
                throw HeadroomException.invalid("filter.until", "Expected a month after from, " + from + ", and at most " + MOST_MONTHS + " months later");
            }
        }
    }

    /**
     * What became of what an account paid, as retention told account by account counts it.
     *
     * @param start more than nothing
     * @param end   nothing where it stopped to pay; where those do not count who come back, also if it did
     */
    public record Retained(AccountId account, Money start, Money end) {

        /** Of the start, without any growth. */
        public Money kept() {
            return start.compareTo(end) < 0 ? start : end;
        }

        public Mark mark() {
            return new Mark(start.minor(), account.value());
        }
    }

    /** What a list of them comes to: exactly what retention by accounts is made of. */
    public record RetainedSum(long accounts, Money start, Money end, Money kept) {}

    /** Who paid most when the range began comes first. */
    public List<Retained> retained(Actor actor, Range range, @Nullable Mark after, int size) {
        actor.requireEveryAccount(Permission.REVENUE);
        return retained.page(range, settings.current(), after, size);
    }

    /** Of everybody in the list, in one statement. */
    public RetainedSum retainedSum(Actor actor, Range range) {
        actor.requireEveryAccount(Permission.REVENUE);
        return retained.sum(range, settings.current());
    }

    /** Lines of comma-separated values with a heading, in the order of accounts; read a few thousand at a time, in one pass over all of them. */
    public void writeRetained(Actor actor, Range range, Consumer<String> out) {
        actor.requireEveryAccount(Permission.REVENUE);
        RevenueSettings counted = settings.current();
        write(RETAINED_COLUMNS, after -> retained.behind(range, counted, after, READ_AT_ONCE), Retained::account, page -> retainedLines(actor, range, page, out), out);
    }

    /** What is refused is refused before the heading. */
    private static <T> void write(
            Object[] heading, Function<@Nullable AccountId, List<T>> behind, Function<T, AccountId> account, Consumer<List<T>> lines, Consumer<String> out) {
        List<T> page = behind.apply(null);
        out.accept(CsvLine.of(heading));
        lines.accept(page);
        while (page.size() == READ_AT_ONCE) {
            page = behind.apply(account.apply(page.getLast()));
            lines.accept(page);
        }
    }

    private void retainedLines(Actor actor, Range range, List<Retained> page, Consumer<String> out) {
        Map<AccountId, Account> owners = accounts.byIds(actor, page.stream().map(Retained::account).toList());
        page.forEach(each -> {
            Optional<Account> owner = Optional.ofNullable(owners.get(each.account()));
            out.accept(CsvLine.of(
                    owner.map(Account::key).orElse(null), owner.map(Account::name).orElse(null), range.from(), range.until(), range.currency(), each.start().minor(), each.end().minor(),
                    each.kept().minor(), each.kept().major()));
        });
    }

    /** What accounts pay at present; those that are not in the ledger are left out. Two statements. */
    public Map<AccountId, Paid> paid(Actor actor, Collection<AccountId> of) {
        of.forEach(each -> actor.require(Permission.READ, each.value()));
        return of.isEmpty() ? Map.of() : paying.paid(of);
    }

    /** Who pays most comes first. */
    public List<PayingAccount> page(Actor actor, Filter filter, @Nullable Mark after, int size) {
        actor.requireEveryAccount(Permission.REVENUE);
        return paying.page(filter, after, size);
    }

    /** Lines of comma-separated values with a heading, in the order of accounts; read a few thousand at a time, in one pass over all of them. */
    public void write(Actor actor, Filter filter, Consumer<String> out) {
        actor.requireEveryAccount(Permission.REVENUE);
        write(COLUMNS, after -> paying.behind(filter, after, READ_AT_ONCE), PayingAccount::account, page -> lines(actor, filter, page, out), out);
    }

    private void lines(Actor actor, Filter filter, List<PayingAccount> page, Consumer<String> out) {
        Map<AccountId, Account> owners = accounts.byIds(actor, page.stream().map(PayingAccount::account).toList());
        page.forEach(each -> {
            Optional<Account> owner = Optional.ofNullable(owners.get(each.account()));
            out.accept(CsvLine.of(
                    owner.map(Account::key).orElse(null), owner.map(Account::name).orElse(null), filter.month(), filter.currency(), each.mrr().minor(),
                    each.mrr().major(), each.cohort(), each.since()));
        });
    }
}
