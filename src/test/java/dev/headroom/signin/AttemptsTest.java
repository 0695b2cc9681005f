package dev.headroom.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import dev.headroom.signin.Attempts.Try;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tries to sign in, and the waiting that wrong ones bring. */
@HeadroomTest
class AttemptsTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    Attempts attempts;

    @Autowired
    ConsoleUsers users;

    @Autowired
    Stories stories;

    @Autowired
    DSLContext db;

    private ConsoleUser somebody() {
        return users.create(SELF, UUID.randomUUID() + "@example.com", "Somebody", Set.of(Role.VIEWER), ConsoleUsers.newPassword());
    }

    /** How many seconds the next try has to wait. */
    private long fail(String email) {
        if (attempts.begin(email, null) instanceof Try.Allowed allowed) {
            attempts.failed(allowed);
        }
        return attempts.begin(email, null) instanceof Try.Waits(Instant until) ? Duration.between(stories.clock().instant(), until).toSeconds() : 0;
    }

    @Test
    void ofTenAtOnceFiveAreLetThrough() throws Exception {
        String email = somebody().email();
        CyclicBarrier together = new CyclicBarrier(10);
        try (ExecutorService ten = Executors.newFixedThreadPool(10)) {
            List<Future<Try>> tries = IntStream.range(0, 10).mapToObj(_ -> ten.submit(() -> {
                together.await();
                return attempts.begin(email, "203.0.113.7");
            })).toList();
            int through = 0;
            for (Future<Try> each : tries) {
                through += each.get() instanceof Try.Allowed ? 1 : 0;
            }
            assertThat(through).isEqualTo(5);
        }
    }

    @Test
    void waitingGrowsAndEndsAndIsTheSameForWhomNobodyKnows() {
        for (String email : List.of(somebody().email(), "nobody." + UUID.randomUUID() + "@example.com")) {
            IntStream.range(0, 4).forEach(_ -> attempts.begin(email, null));
            assertThat(fail(email)).isEqualTo(30);
            stories.pass(Duration.ofSeconds(30));
            assertThat(fail(email)).isEqualTo(60);
            stories.pass(Duration.ofSeconds(60));
            assertThat(fail(email)).isEqualTo(120);
            for (int i = 0; i < 4; i++) {
                stories.pass(Duration.ofMinutes(15));
                fail(email);
            }
            assertThat(attempts.begin(email, null)).isEqualTo(new Try.Waits(stories.clock().instant().plus(Duration.ofMinutes(15))));
        }
    }

    @Test
    void oneThatWasRightForgetsThoseBeforeIt() {
        String email = somebody().email();
        IntStream.range(0, 4).forEach(_ -> attempts.begin(email, null));
        attempts.succeeded((Try.Allowed) attempts.begin(email.toUpperCase(Locale.ROOT), null));

        assertThat(IntStream.range(0, 5).mapToObj(_ -> attempts.begin(email, null))).allSatisfy(each -> assertThat(each).isInstanceOf(Try.Allowed.class));
        assertThat(attempts.begin(email, null)).isInstanceOf(Try.Waits.class);
    }

    @Test
    void thoseOfYesterdayCountNoMore() {
        String email = somebody().email();
        IntStream.range(0, 5).forEach(_ -> attempts.begin(email, null));
        stories.pass(Duration.ofHours(24));

        assertThat(((Try.Allowed) attempts.begin(email, null)).personWaitsUntil()).isNull();
        assertThat(attempts.forget()).isNotNegative();
    }

    @Test
    void whoTriesManyPeopleFromOneAddressWaitsToo() {
        String address = "2001:db8::" + Long.toHexString(System.identityHashCode(this));
        IntStream.range(0, 50).forEach(_ -> assertThat(attempts.begin(UUID.randomUUID() + "@example.com", address)).isInstanceOf(Try.Allowed.class));

        String next = somebody().email();
        assertThat(attempts.begin(next, address)).isInstanceOf(Try.Waits.class);
        assertThat(attempts.begin(next, null)).as("from elsewhere").isInstanceOf(Try.Allowed.class);
    }

    @Test
    void anOwnerSeesWhoWaitsAndLiftsIt() {
        ConsoleUser user = somebody();
        IntStream.range(0, 4).forEach(_ -> attempts.begin(user.email(), null));
        assertThat(attempts.waiting(SELF, user)).isEmpty();
        fail(user.email());
        assertThat(attempts.waiting(SELF, user)).isPresent();

        attempts.lift(SELF, user.id());

        assertThat(attempts.waiting(SELF, user)).isEmpty();
        assertThat(attempts.begin(user.email(), null)).isInstanceOf(Try.Allowed.class);
        assertThat(db.fetch("select operation from audit.entry where subject_id = {0} order by at, id", DSL.val(user.id().toString())).getValues(0))
                .isEqualTo(List.of("createConsoleUser", "delaySignIn", "liftSignInDelay"));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> attempts.lift(user.actor(), user.id()));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> attempts.waiting(user.actor(), user));
    }

    @Test
    void whatSomebodyTypedIsNotKept() {
        attempts.begin("my secret typed into the wrong field", null);

        assertThat(db.fetchValue("select count(*) from signin.streak s where s::text like '%secret%'")).isEqualTo(0L);
    }
}
