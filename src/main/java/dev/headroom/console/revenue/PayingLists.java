package dev.headroom.console.revenue;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.revenue.PayingAccounts;
import dev.headroom.revenue.PayingAccounts.Mark;
import dev.headroom.revenue.PayingAccounts.PayingAccount;
import dev.headroom.revenue.PayingAccounts.Range;
import dev.headroom.revenue.PayingAccounts.Retained;
import dev.headroom.revenue.PayingAccounts.RetainedSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The accounts that paid at the end of a month, or when a range began, with their names. */
@Component
class PayingLists {

    private final PayingAccounts paying;
    private final Accounts accounts;

    PayingLists(PayingAccounts paying, Accounts accounts) {
        this.paying = paying;
        this.accounts = accounts;
    }

    record Payer(PayingAccount paid, Optional<Account> account) {}

    private List<Payer> after(Actor actor, PayingAccounts.Filter filter, @Nullable Payer last, int size) {
        List<PayingAccount> found = paying.page(actor, filter, last == null ? null : Mark.of(last.paid()), size);
        Map<AccountId, Account> owners = accounts.byIds(actor, found.stream().map(PayingAccount::account).toList());
        return found.stream().map(each -> new Payer(each, Optional.ofNullable(owners.get(each.account())))).toList();
    }

    record Kept(Retained became, Optional<Account> account) {}

    /** Who paid when a range began, with what became of it. */
    List<Kept> retained(Actor actor, Range range, @Nullable Kept last, int size) {
        List<Retained> found = paying.retained(actor, range, last == null ? null : last.became().mark(), size);
        Map<AccountId, Account> owners = accounts.byIds(actor, found.stream().map(Retained::account).toList());
        return found.stream().map(each -> new Kept(each, Optional.ofNullable(owners.get(each.account())))).toList();
    }

    RetainedSum sum(Actor actor, Range range) {
        return paying.retainedSum(actor, range);
    }

    void writeRetained(Actor actor, Range range, Consumer<String> out) {
        paying.writeRetained(actor, range, out);
    }

    /** Of one currency after the other. */
    List<Payer> after(Actor actor, List<PayingAccounts.Filter> filters, @Nullable Payer last, int size) {
        List<Payer> found = new ArrayList<>();
        boolean reached = last == null;
        for (PayingAccounts.Filter filter : filters) {
            boolean here = last != null && last.paid().mrr().currency().equals(filter.currency());
            reached |= here;
            if (reached && found.size() < size) {
                found.addAll(after(actor, filter, here ? last : null, size - found.size()));
            }
        }
        return found;
    }

    /** One heading, and the lines of one currency after those of the other. */
    void write(Actor actor, List<PayingAccounts.Filter> filters, Consumer<String> out) {
        for (int at = 0; at < filters.size(); at++) {
            paying.write(actor, filters.get(at), at == 0 ? out : withoutHeading(out));
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
