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
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    List<Payer> after(Actor actor, PayingAccounts.Filter filter, @Nullable Payer last, int size) {
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

    void write(Actor actor, PayingAccounts.Filter filter, Consumer<String> out) {
        paying.write(actor, filter, out);
    }
}
