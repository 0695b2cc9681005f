package dev.headroom.identity;

import static dev.headroom.identity.jooq.Tables.SIGNING_KEY;
import static org.jooq.impl.DSL.inline;

import dev.headroom.identity.SigningKey.Purpose;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record4;
import org.jooq.SelectJoinStep;
import org.springframework.stereotype.Repository;

@Repository
class SigningKeyRepository {

    private final DSLContext db;
    private final SecretBox box;

    SigningKeyRepository(DSLContext db, SecretBox box) {
        this.db = db;
        this.box = box;
    }

    Optional<SigningKey> newest(Purpose purpose) {
        return keys()
                .where(SIGNING_KEY.PURPOSE.eq(purpose.name()), SIGNING_KEY.RETIRED_AT.isNull())
                .orderBy(SIGNING_KEY.ID.desc())
                .limit(1)
                .fetchOptional(this::read);
    }

    Optional<SigningKey> byId(UUID id) {
        return keys().where(SIGNING_KEY.ID.eq(id)).fetchOptional(this::read);
    }

    SigningKey insert(SigningKey key, Instant at) {
        db.insertInto(SIGNING_KEY)
                .set(SIGNING_KEY.ID, key.id())
                .set(SIGNING_KEY.PURPOSE, key.purpose().name())
                .set(SIGNING_KEY.SECRET, box.seal(sealedAs(key.id()), key.secret()))
                .set(SIGNING_KEY.CREATED_AT, at)
                .execute();
        return key;
    }

    /** Two nodes may start together: whoever comes second waits, and uses what the first one made. */
    SigningKey insertIfFirst(SigningKey key, Instant at) {
        return db.transactionResult(_ -> {
            db.execute("lock table identity.signing_key in share row exclusive mode");
            return newest(key.purpose()).orElseGet(() -> insert(key, at));
        });
    }

    void retire(Purpose purpose, Instant at) {
        db.update(SIGNING_KEY)
                .set(SIGNING_KEY.RETIRED_AT, at)
                .where(SIGNING_KEY.PURPOSE.eq(inline(purpose.name())), SIGNING_KEY.RETIRED_AT.isNull())
                .execute();
    }

    private SelectJoinStep<Record4<UUID, String, byte[], Instant>> keys() {
        return db.select(SIGNING_KEY.ID, SIGNING_KEY.PURPOSE, SIGNING_KEY.SECRET, SIGNING_KEY.RETIRED_AT).from(SIGNING_KEY);
    }

    private SigningKey read(Record4<UUID, String, byte[], Instant> row) {
        return new SigningKey(row.value1(), Purpose.valueOf(row.value2()), box.open(sealedAs(row.value1()), row.value3()), row.value4());
    }

    private static String sealedAs(UUID id) {
        return "signing-key:" + id;
    }
}
