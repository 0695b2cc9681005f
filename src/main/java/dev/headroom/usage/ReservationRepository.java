package dev.headroom.usage;

import static dev.headroom.usage.Columns.times;
import static dev.headroom.usage.Columns.uuids;
import static dev.headroom.usage.jooq.Tables.RESERVATION;
import static java.util.stream.Collectors.toMap;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import dev.headroom.usage.AcceptedEvent.Identity;
import dev.headroom.usage.CounterRepository.Hold;
import dev.headroom.usage.Reservation.State;
import dev.headroom.usage.Tally.Grain;
import dev.headroom.usage.Tally.Key;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record11;
import org.jooq.SelectJoinStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class ReservationRepository {

    private static final TypeReference<Map<String, Object>> PROPERTIES = new TypeReference<>() {};

    private static final String EXPIRE = """
            with expired as (
              update usage.reservation r set state = 'EXPIRED'
              from unnest({0}, {1}, {2}) as t (account_id, feature_id, period_from)
              where r.account_id = t.account_id and r.feature_id = t.feature_id
                and r.period_from = timestamptz 'epoch' + t.period_from * interval '1 microsecond' and r.state = 'OPEN' and r.expires_at <= {3}
              returning r.account_id, r.feature_id, r.period_from, r.period_until, r.quantity
            )
            select account_id, feature_id, period_from, max(period_until) as period_until, sum(quantity)::bigint as quantity from expired group by 1, 2, 3""";

    private final DSLContext db;
    private final JsonMapper json;

    ReservationRepository(DSLContext db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    void insert(Collection<Reservation> reservations) {
        db.batch(reservations.stream().map(made -> db.insertInto(RESERVATION)
                .set(RESERVATION.ID, made.id())
                .set(RESERVATION.ACCOUNT_ID, made.account().value())
                .set(RESERVATION.EVENT_ID, made.eventId())
                .set(RESERVATION.FEATURE_ID, made.feature().value())
                .set(RESERVATION.PERIOD_FROM, made.window().from())
                .set(RESERVATION.PERIOD_UNTIL, made.window().until())
                .set(RESERVATION.QUANTITY, made.quantity())
                .set(RESERVATION.PROPERTIES, made.properties() == null ? null : JSONB.valueOf(json.writeValueAsString(made.properties())))
                .set(RESERVATION.MADE_AT, made.madeAt())
                .set(RESERVATION.EXPIRES_AT, made.expiresAt())
                .set(RESERVATION.STATE, made.state().name())).toList()).execute();
    }

    Optional<Reservation> byId(UUID id) {
        return reservations().where(RESERVATION.ID.eq(id)).fetchOptional(mapping(this::reservation));
    }

    Map<Identity, Reservation> byIdentities(Collection<Identity> identities) {
        return reservations()
                .where(row(RESERVATION.ACCOUNT_ID, RESERVATION.EVENT_ID).in(identities.stream().map(each -> row(each.account(), each.event())).toList()))
                .fetch(mapping(this::reservation))
                .stream()
                .collect(toMap(found -> new Identity(found.account().value(), found.eventId()), found -> found));
    }

    /** False when it is not open any more. */
    boolean end(UUID id, State how, long committed, Instant now) {
        return db.update(RESERVATION)
                .set(RESERVATION.STATE, how.name())
                .set(RESERVATION.COMMITTED, committed)
                .where(RESERVATION.ID.eq(id), RESERVATION.STATE.eq(State.OPEN.name()), RESERVATION.EXPIRES_AT.gt(now))
                .execute() == 1;
    }

    /** Counters that hold back what has expired, in no order. */
    List<Key> due(Instant now, int most) {
        return db.select(RESERVATION.ACCOUNT_ID, RESERVATION.FEATURE_ID, RESERVATION.PERIOD_FROM, max(RESERVATION.PERIOD_UNTIL))
                .from(RESERVATION)
                .where(RESERVATION.STATE.eq(State.OPEN.name()), RESERVATION.EXPIRES_AT.le(now))
                .groupBy(RESERVATION.ACCOUNT_ID, RESERVATION.FEATURE_ID, RESERVATION.PERIOD_FROM)
                .limit(most)
                .fetch(mapping(ReservationRepository::key));
    }

    /**
     * Ends what has expired at these counters.
     *
     * @param keys locked
     * @return what each of them no longer holds back, as negative amounts
     */
    List<Hold> expire(List<Key> keys, Instant now) {
        return db.resultQuery(EXPIRE,
                        val(uuids(keys, Key::account)), val(uuids(keys, Key::feature)), val(times(keys, key -> key.window().from())), val(now))
                .fetch(found -> new Hold(
                        key(found.get("account_id", UUID.class), found.get("feature_id", UUID.class), found.get("period_from", Instant.class),
                                found.get("period_until", Instant.class)),
                        -found.get("quantity", Long.class)));
    }

    /** Forgets those that ended and were made before an instant; returns how many, at most as many as asked. */
    int forget(Instant before, int most) {
        return db.execute("""
                delete from usage.reservation where ctid = any (array(
                  select ctid from usage.reservation where made_at < {0} and state <> 'OPEN' limit {1}))""", val(before), val(most));
    }

    private static Key key(UUID account, UUID feature, Instant from, Instant until) {
        return new Key(account, feature, Grain.PERIOD, "", new Period(from, until));
    }

    private SelectJoinStep<Record11<UUID, AccountId, String, FeatureId, Period, Long, JSONB, Instant, Instant, State, Long>> reservations() {
        return db.select(
                        RESERVATION.ID, RESERVATION.ACCOUNT_ID.convertFrom(AccountId::new), RESERVATION.EVENT_ID,
                        RESERVATION.FEATURE_ID.convertFrom(FeatureId::new), row(RESERVATION.PERIOD_FROM, RESERVATION.PERIOD_UNTIL).mapping(Period::new),
                        RESERVATION.QUANTITY, RESERVATION.PROPERTIES, RESERVATION.MADE_AT, RESERVATION.EXPIRES_AT,
                        RESERVATION.STATE.convertFrom(State::valueOf), RESERVATION.COMMITTED)
                .from(RESERVATION);
    }

    private Reservation reservation(
            UUID id, AccountId account, String eventId, FeatureId feature, Period window, long quantity, @Nullable JSONB properties, Instant madeAt,
            Instant expiresAt, State state, long committed) {
        return new Reservation(
                id, account, eventId, feature, window, quantity, properties == null ? null : json.readValue(properties.data(), PROPERTIES), madeAt, expiresAt,
                state, committed);
    }
}
