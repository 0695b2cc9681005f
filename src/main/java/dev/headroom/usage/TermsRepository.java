package dev.headroom.usage;

import static dev.headroom.usage.jooq.Tables.TERMS;
import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import dev.headroom.postgres.Writes;
import dev.headroom.usage.TermsVersions.InForce;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class TermsRepository {

    /** What is everybody's stands here. */
    static final UUID EVERYBODY = new UUID(0, 0);

    private static final Row NEVER_RAISED = new Row(0, null);

    private final DSLContext db;
    private final Writes writes;

    TermsRepository(DSLContext db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    record Row(long version, @Nullable UUID sources) {}

    /** With the commit, or when somebody asks for it before. */
    void raise(UUID account) {
        writes.beforeCommit(db.insertInto(TERMS)
                .set(TERMS.ACCOUNT_ID, account)
                .set(TERMS.VERSION, 1L)
                .onConflict(TERMS.ACCOUNT_ID)
                .doUpdate()
                .set(TERMS.VERSION, TERMS.VERSION.plus(1)));
    }

    /** @param sorted so that nobody waits for each other */
    void raiseAll(List<UUID> sorted, UUID sources) {
        db.batch(sorted.stream().map(account -> db.insertInto(TERMS)
                .set(TERMS.ACCOUNT_ID, account)
                .set(TERMS.VERSION, 1L)
                .set(TERMS.SOURCES, sources)
                .onConflict(TERMS.ACCOUNT_ID)
                .doUpdate()
                .set(TERMS.VERSION, TERMS.VERSION.plus(1))
                .set(TERMS.SOURCES, sources)).toList()).execute();
    }

    /** The account's own and everybody's together, so that either raises it; one statement. */
    Map<AccountId, InForce> versions(Collection<AccountId> accounts) {
        writes.now();
        Map<UUID, Row> found = db.select(TERMS.ACCOUNT_ID, TERMS.VERSION, TERMS.SOURCES)
                .from(TERMS)
                .where(TERMS.ACCOUNT_ID.in(Stream.concat(Stream.of(EVERYBODY), accounts.stream().map(AccountId::value)).toList()))
                .fetchMap(TERMS.ACCOUNT_ID, row -> new Row(row.value2(), row.value3()));
        return together(accounts, found);
    }

    static Map<AccountId, InForce> together(Collection<AccountId> accounts, Map<UUID, Row> found) {
        Row everybody = found.getOrDefault(EVERYBODY, NEVER_RAISED);
        return accounts.stream().distinct().collect(toMap(account -> account, account -> {
            Row own = found.getOrDefault(account.value(), NEVER_RAISED);
            return new InForce(everybody.version() + own.version(), own.sources(), everybody.sources());
        }));
    }
}
