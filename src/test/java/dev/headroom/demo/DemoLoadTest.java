package dev.headroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.headroom.TestDatabase;
import dev.headroom.demo.Pasts.Past;
import dev.headroom.time.TravellingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The demo vendor with a few accounts, loaded for real: once in one go, once stopped in the middle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoLoadTest {

    private static final Instant END = Instant.parse("2026-11-21T20:00:00Z");
    private static final Vendor VENDOR = new Vendor(7, 13, END, null);

    private final TestDatabase straight = TestDatabase.fresh();
    private List<String> history = List.of();

    @BeforeAll
    void inOneGo() {
        List<Integer> heard = new ArrayList<>();
        new VendorRepository(db(straight)).insert(VENDOR);
        try (Past past = pasts(straight).of(VENDOR)) {
            assertThat(past.tell(() -> false, heard::add)).isTrue();
        }
        assertThat(heard).hasSize(13);
        history = told(straight);
    }

    @AfterAll
    void close() {
        straight.close();
    }

    @Test
    void aLoadThatIsStoppedInTheMiddleAndToldAgainMakesTheSameVendor() {
        try (TestDatabase interrupted = TestDatabase.fresh()) {
            try (Past past = pasts(interrupted).of(VENDOR)) {
                assertThat(past.tell(after(50), _ -> {})).isFalse();
            }
            forgetTheLastStep(interrupted);
            try (Past past = pasts(interrupted).of(VENDOR)) {
                assertThat(past.tell(() -> false, _ -> {})).isTrue();
            }
            assertThat(told(interrupted)).isEqualTo(history).isNotEmpty();
        }
    }

    @Test
    void whatWasGivenEndedAndTakenBackIsThereAndGatesOpenForSome() {
        assertThat(rows("select a.key || ' ' || g.kind || ' ' || case when revoked_at is not null then 'revoked'"
                + " when valid_until < timestamptz '" + END + "' then 'expired' else 'running' end from entitlement.feature_grant g"
                + " join account.account a on a.id = g.account_id order by 1"))
                .containsExactly("acme TRIAL running", "globex PROMOTION expired", "umbra COURTESY revoked");
        assertThat(first("select set_at from entitlement.roll_out where percent = 25")).isEqualTo(END.minus(Duration.ofDays(21)));
        assertThat(first("select set_at from entitlement.unlock_rule where units = 9000")).isEqualTo(END.minus(Duration.ofDays(21)));
        assertThat(first("select max(last_active_at) from account.member")).isBetween(END.minus(Duration.ofHours(1)), END);
    }

    @Test
    void whatWasAskedForWasDecidedInEveryWayOrWaits() {
        assertThat(rows("select a.key || ' ' || state || ' ' || (accepted_at is not null) from approval.request r"
                + " join account.account a on a.id = r.account_id order by asked_at"))
                .containsExactly("umbra APPROVED true", "umbra REJECTED false", "pinecrest COUNTERED false", "cobalt REQUESTED false");
        assertThat(rows("select p.key || ' ' || version from approval.rules r join catalog.product p on p.id = r.product_id order by 1"))
                .containsExactly("enablement 1", "launchpad 1");
        assertThat(rows("select transition || ' ' || kind from policy.transition_rule order by 1")).containsExactly("BY_APPROVAL DOWNGRADE", "PERIOD_END SEATS_DOWN");
        assertThat(rows("select p.key || ' ' || version from value.metrics r join catalog.product p on p.id = r.product_id order by 1"))
                .containsExactly("launch-api 1", "launchpad 1");
    }

    @Test
    void somethingWaitsForThePeriodsEndAndSeatsAreGathered() {
        assertThat(rows("select a.key from change.plan_change c join account.account a on a.id = c.account_id where state = 'SCHEDULED' order by 1"))
                .containsExactly("nordlys", "nordlys");
        assertThat(rows("select a.key from subscription.subscription s join account.account a on a.id = s.account_id where cancel_at is not null"))
                .containsExactly("lumen");
        assertThat(rows("select a.key || ' ' || seats from change.seat_gathering g join account.account a on a.id = g.account_id"))
                .containsExactly("meridian 14");
        assertThat(rows("select a.key || ' ' || o.key from catalog.redemption r join catalog.offer o on o.id = r.offer_id"
                + " join account.account a on a.id = r.account_id where o.account_id is null order by 1")).containsExactly("cobalt launchpad-autumn", "pinecrest launchpad-autumn");
    }

    @Test
    void stripeKnowsOfAnInvoiceThatWasSentADisputeAndARefund() {
        assertThat(customers("invoice", "status' = 'open' and d.body->>'collection_method' = 'send_invoice")).containsExactly("halcyon");
        assertThat(customers("refund", "amount' = '7500")).containsExactly("brightwater");
        assertThat(customers("charge", "disputed' = 'true")).containsExactly("ferrovia");
        assertThat(rows("select a.key from subscription.subscription s join account.account a on a.id = s.account_id where s.disputed"))
                .as("and here it is known").containsExactly("ferrovia");
    }

    @Test
    void whatWasBilledByHandIsWhereStripesQuoteIsAnother() {
        assertThat(rows("select a.key || ' ' || d.invoice || ' ' || (stripes_minor - ours_minor) || ' ' || array_to_string(why, ',') from preview.drift d"
                + " join account.account a on a.id = d.account_id where resolved_at is null")).containsExactly("halcyon NOW 120000 WAITING");
    }

    private List<String> customers(String kind, String being) {
        return rows("select a.key from sandbox.document d join account.account a on a.stripe_customer_id = d.body->>'customer' where d.kind = '" + kind
                + "' and d.body->>'" + being + "'");
    }

    private List<String> rows(String query) {
        return db(straight).fetch(query).getValues(0, String.class);
    }

    @Test
    void whatIsSoldWasPutOnSaleBeforeAnybodyBoughtIt() {
        Instant published = first("select max(published_at) from catalog.plan_version");
        assertThat(published).isEqualTo(Instant.parse("2024-09-21T00:00:00Z")).isEqualTo(first("select min(created_at) from catalog.plan_version"));
        assertThat(published).isBefore(first("select min(started_at) from subscription.subscription"));
        assertThat(published).isEqualTo(first("select max(created) from sandbox.document where kind in ('product', 'price')"));
    }

    @Test
    void whatItBroughtIsInTheLedgerMonthByMonth() {
        assertThat(rows("select b.account_id::text || ' ' || b.mrr_minor from revenue.balance b order by 1")).isNotEmpty().isEqualTo(rows(
                "select account_id::text || ' ' || round(sum(case when paused then 0 else year_after end) / 12) from ("
                        + "select distinct on (subscription_id) * from subscription.movement order by subscription_id, at desc, id desc) last_change"
                        + " where account_id in (select account_id from revenue.balance) group by account_id order by 1"));
        assertThat(rows("select distinct kind from revenue.movement order by 1")).contains("CONTRACTION", "DISCOUNT_END", "NEW", "SEAT_EXPANSION", "UPSELL");
        assertThat(rows("select distinct month::text from revenue.movement")).as("as it came to be").hasSizeGreaterThan(12);
        assertThat(rows("select id::text from revenue.movement where month <> date_trunc('month', effective_at at time zone 'UTC')")).as("nothing was heard of late").isEmpty();
    }

    @Test
    void afterTheHistoryItsCustomersGoOnUsingWhatTheyHave() {
        VendorRepository vendors = new VendorRepository(db(straight));
        try (Past world = pasts(straight).of(VENDOR)) {
            TravellingClock clock = world.bean(TravellingClock.class);
            DemoUsages usages = world.bean(DemoUsages.class);
            clock.travelTo(END.plus(Duration.ofDays(10)));
            usages.catchUp();
            assertThat(usedSince(END)).as("not before it is loaded").isZero();
            vendors.loaded(END);

            clock.travelTo(END.plus(Duration.ofDays(1)));
            usages.catchUp();
            long aDay = usedSince(END);
            assertThat(aDay).isPositive();
            usages.catchUp();
            assertThat(usedSince(END)).as("the same day once").isEqualTo(aDay);

            clock.travelTo(END.plus(Duration.ofDays(20)));
            usages.catchUp();
            long twentyDays = usedSince(END);
            assertThat(twentyDays).as("what was missed while nobody ran").isBetween(10 * aDay, 40 * aDay);

            vendors.usedUntil(END.plus(Duration.ofDays(20)));
            clock.travelTo(END.plus(Duration.ofDays(200)));
            usages.catchUp();
            assertThat(first("select min(at) from usage.event where at > timestamptz '" + END.plus(Duration.ofDays(20)) + "'"))
                    .as("after long no flood").isBetween(END.plus(Duration.ofDays(169)), END.plus(Duration.ofDays(171)));
            assertThat(vendors.usedUntil()).isEqualTo(END.plus(Duration.ofDays(200)));
        }
    }

    private long usedSince(Instant since) {
        return db(straight).fetchSingle("select coalesce(sum(quantity), 0) from usage.event where at > timestamptz '" + since + "'").into(long.class);
    }

    private Instant first(String query) {
        return db(straight).fetchSingle(query).into(Instant.class);
    }

    /** As if the process had died after a step, before it was noted. */
    private static void forgetTheLastStep(TestDatabase database) {
        assertThat(db(database).execute("update demo.biography set steps_done = steps_done - 1")).isPositive();
    }

    private static BooleanSupplier after(int questions) {
        AtomicInteger left = new AtomicInteger(questions);
        return () -> left.getAndDecrement() <= 0;
    }

    /** All that anybody can see of the accounts, without the ids. */
    private static List<String> told(TestDatabase database) {
        DSLContext db = db(database);
        List<String> seen = new ArrayList<>();
        for (String query : List.of(
                "select key, name, currency, created_at from account.account order by key",
                "select a.key, m.key, m.name, m.state, m.last_active_at, m.created_at from account.member m join account.account a on a.id = m.account_id order by 1, 2",
                "select a.key, s.state, s.interval, s.period_from, s.period_until, s.balance_minor, s.started_at, p.key, i.quantity"
                        + " from subscription.subscription s join account.account a on a.id = s.account_id"
                        + " join subscription.item i on i.subscription_id = s.id join catalog.plan_version v on v.id = i.plan_version_id"
                        + " join catalog.plan p on p.id = v.plan_id order by 1, 8",
                "select a.key, m.at, m.growth, m.mrr_before_minor, m.mrr_after_minor from subscription.movement m"
                        + " join account.account a on a.id = m.account_id order by 1, 2, 3, 4, 5",
                "select a.key, count(*), min(assigned_at), max(assigned_at) from subscription.seat t join account.account a on a.id = t.account_id"
                        + " group by a.key, t.subscription_id order by 1, 2",
                "select a.key, count(*), sum(quantity), max(at) from usage.event e join account.account a on a.id = e.account_id group by 1 order by 1",
                "select a.key, f.key, period_from, used from usage.counter c join account.account a on a.id = c.account_id"
                        + " join catalog.feature f on f.id = c.feature_id order by 1, 2, 3",
                "select a.key, f.key, g.kind, g.reason, g.valid_from, g.valid_until, g.revoked_at, g.revoked_because from entitlement.feature_grant g"
                        + " join account.account a on a.id = g.account_id join catalog.feature f on f.id = g.feature_id order by 1, 2",
                "select f.key, r.percent, r.set_at from entitlement.roll_out r join catalog.feature f on f.id = r.feature_id",
                "select f.key, r.units, r.set_at from entitlement.unlock_rule r join catalog.feature f on f.id = r.feature_id",
                "select a.key, f.key, u.units from entitlement.unlocked u join account.account a on a.id = u.account_id"
                        + " join catalog.feature f on f.id = u.feature_id order by 1, 2",
                "select kind, count(*) from sandbox.document group by 1 order by 1")) {
            seen.add(query);
            seen.addAll(db.fetch(query).stream().map(row -> row.intoList().toString()).toList());
        }
        return seen;
    }

    private static DSLContext db(TestDatabase database) {
        return DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    }

    static Pasts pasts(TestDatabase database) {
        HikariDataSource source = (HikariDataSource) database.dataSource();
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(
                "headroom.data", System.getProperty("headroom.test-data", "target/test-data"), "headroom.stripe-key", "")));
        return new Pasts(environment, new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return source.getJdbcUrl();
            }

            @Override
            public String getUsername() {
                return source.getUsername();
            }

            @Override
            public String getPassword() {
                return source.getPassword();
            }
        });
    }
}
