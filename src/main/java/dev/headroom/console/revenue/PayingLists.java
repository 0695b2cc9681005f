package dev.headroom.console.revenue;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.reporting.RateSet;
import dev.headroom.reporting.ReportedRevenues;
import dev.headroom.reporting.ReportedRevenues.RetainedAtRates;
import dev.headroom.revenue.PayingAccounts;
import dev.headroom.revenue.PayingAccounts.Mark;
import dev.headroom.revenue.PayingAccounts.PayingAccount;
import dev.headroom.revenue.PayingAccounts.Range;
import dev.headroom.revenue.PayingAccounts.Retained;
import dev.headroom.revenue.PayingAccounts.RetainedSum;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The accounts that paid at the end of a month, or when a range began, with their names. */
@Component
class PayingLists {

    private final PayingAccounts paying;
    private final ReportedRevenues reported;
    private final Accounts accounts;

    PayingLists(PayingAccounts paying, ReportedRevenues reported, Accounts accounts) {
        this.paying = paying;
        this.reported = reported;
        this.accounts = accounts;
    }

    record Payer(PayingAccount paid, Optional<Account> account) {}

    private List<Payer> of(Actor actor, PayingAccounts.Filter filter, @Nullable Payer last, int size) {
        List<PayingAccount> found = paying.page(actor, filter, last == null ? null : Mark.of(last.paid()), size);
        Map<AccountId, Account> owners = accounts.byIds(actor, found.stream().map(PayingAccount::account).toList());
        return found.stream().map(each -> new Payer(each, Optional.ofNullable(owners.get(each.account())))).toList();
    }

    record Kept(Retained became, Optional<Account> account) {}

    private List<Kept> of(Actor actor, Range range, @Nullable Kept last, int size) {
        List<Retained> found = paying.retained(actor, range, last == null ? null : last.became().mark(), size);
        Map<AccountId, Account> owners = accounts.byIds(actor, found.stream().map(Retained::account).toList());
        return found.stream().map(each -> new Kept(each, Optional.ofNullable(owners.get(each.account())))).toList();
    }

    /** Who paid when a range began, with what became of it; of one currency after the other. */
    List<Kept> retained(Actor actor, List<Range> ranges, @Nullable Kept last, int size) {
        return inTurn(ranges, Range::currency, last, each -> each.became().start().currency(), size, (range, from, most) -> of(actor, range, from, most));
    }

    RetainedSum sum(Actor actor, Range range) {
        return paying.retainedSum(actor, range);
    }

    RetainedAtRates sum(Actor actor, RateSet rates, YearMonth from, YearMonth until) {
        return reported.retained(actor, rates, from, until);
    }

    /** Of one currency after the other. */
    List<Payer> after(Actor actor, List<PayingAccounts.Filter> filters, @Nullable Payer last, int size) {
        return inTurn(filters, PayingAccounts.Filter::currency, last, each -> each.paid().mrr().currency(), size, (filter, from, most) -> of(actor, filter, from, most));
    }

    /** A page of what is listed of one currency. */
    private interface Pages<F, T> {
        List<T> after(F filter, @Nullable T last, int size);
    }

    /** Goes on behind the last one, in its currency and then in those behind it. */
    private static <F, T> List<T> inTurn(List<F> filters, Function<F, Currency> of, @Nullable T last, Function<T, Currency> in, int size, Pages<F, T> pages) {
        List<T> found = new ArrayList<>();
        boolean reached = last == null;
        for (F filter : filters) {
            boolean here = last != null && in.apply(last).equals(of.apply(filter));
            reached |= here;
            if (reached && found.size() < size) {
                found.addAll(pages.after(filter, here ? last : null, size - found.size()));
            }
        }
        return found;
    }

    void writeRetained(Actor actor, List<Range> ranges, Consumer<String> out) {
        underOneHeading(ranges, out, (range, lines) -> paying.writeRetained(actor, range, lines));
    }

    void write(Actor actor, List<PayingAccounts.Filter> filters, Consumer<String> out) {
        underOneHeading(filters, out, (filter, lines) -> paying.write(actor, filter, lines));
    }

    /** One heading, and the lines of one currency after those of the other. */
    private static <F> void underOneHeading(List<F> filters, Consumer<String> out, BiConsumer<F, Consumer<String>> write) {
        for (int at = 0; at < filters.size(); at++) {
            write.accept(filters.get(at), at == 0 ? out : withoutHeading(out));
        }
    }

    private static Consumer<String> withoutHeading(Consumer<String> out) {
        AtomicBoolean heading = new AtomicBoolean(true);
        return line -> {
            if (!heading.getAndSet(false)) {
                out.accept(line);
            }
        };
    }
}
