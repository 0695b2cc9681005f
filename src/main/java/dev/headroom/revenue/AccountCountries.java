package dev.headroom.revenue;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Notes where the accounts of the ledger are, after they were booked: nobody who books waits for it, and an account's country never changes. */
@Service
class AccountCountries {

    private static final Actor.System SELF = new Actor.System("revenue");
    private static final int PAGE = 1_000;

    private final SegmentRepository segments;
    private final Accounts accounts;

    AccountCountries(SegmentRepository segments, Accounts accounts) {
        this.segments = segments;
        this.accounts = accounts;
    }

    /** One page; true where there may be more. */
    boolean step() {
        List<UUID> wanted = segments.withoutCountry(PAGE);
        Map<AccountId, Account> known = accounts.byIds(SELF, wanted.stream().map(AccountId::new).toList());
        segments.locate(wanted.stream().collect(Collectors.toMap(
                Function.identity(), each -> Optional.ofNullable(known.get(new AccountId(each))).map(Account::country).orElse(""))));
        return wanted.size() == PAGE;
    }
}
