package dev.headroom.usage;

import static dev.headroom.usage.jooq.Tables.TERMS;
import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class TermsRepository {

    /** What is everybody's stands here. */
    static final UUID EVERYBODY = new UUID(0, 0);

    private final DSLContext db;

    TermsRepository(DSLContext db) {
        this.db = db;
    }

    void raise(AccountId account) {
        raise(account.value());
    }

    void raiseAll() {
        raise(EVERYBODY);
    }

    private void raise(UUID account) {
        db.insertInto(TERMS)
                .set(TERMS.ACCOUNT_ID, account)
                .set(TERMS.VERSION, 1L)
                .onConflict(TERMS.ACCOUNT_ID)
                .doUpdate()
                .set(TERMS.VERSION, TERMS.VERSION.plus(1))
                .execute();
    }

    /** The account's own and everybody's together, so that either raises it; one statement. */
    Map<AccountId, Long> versions(Collection<AccountId> accounts) {
        Map<UUID, Long> found = db.select(TERMS.ACCOUNT_ID, TERMS.VERSION)
                .from(TERMS)
                .where(TERMS.ACCOUNT_ID.in(Stream.concat(Stream.of(EVERYBODY), accounts.stream().map(AccountId::value)).toList()))
                .fetchMap(TERMS.ACCOUNT_ID, TERMS.VERSION);
        return together(accounts, found);
    }

    static Map<AccountId, Long> together(Collection<AccountId> accounts, Map<UUID, Long> found) {
        long everybody = found.getOrDefault(EVERYBODY, 0L);
        return accounts.stream().distinct().collect(toMap(account -> account, account -> everybody + found.getOrDefault(account.value(), 0L)));
    }
}
