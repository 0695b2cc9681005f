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
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who is signed in where, and until when. */
@HeadroomTest
class SessionsTest {

    private static final Actor SELF = new Actor.System("test");
    private static final String PASSWORD = "a lighthouse in June";
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    @Autowired
    Sessions sessions;

    @Autowired
    ConsoleUsers users;

    @Autowired
    OwnPasswords passwords;

    @Autowired
    Stories stories;

    @Autowired
    DSLContext db;

    private ConsoleUser somebody(Role... roles) {
        return users.create(SELF, UUID.randomUUID() + "@example.com", "Somebody", Set.of(roles), PASSWORD);
    }

    @Test
    void aPersonSeesTheirOwnSessionsAndEndsThem() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        UUID here = sessions.begin(viewer, FIREFOX);
        UUID there = sessions.begin(viewer, null);
        assertThat(sessions.of(viewer.actor(), viewer.id())).extracting(Session::browser)
                .containsExactlyInAnyOrder("Firefox, Linux", "Another browser, another system");

        sessions.end(viewer.actor(), there);
        sessions.end(viewer.actor(), there);

        assertThat(sessions.alive(there)).isFalse();
        assertThat(sessions.alive(here)).isTrue();
        assertThat(sessions.of(viewer.actor(), viewer.id())).extracting(Session::id).containsExactly(here);
    }

    @Test
    void nobodyButAnOwnerSeesOrEndsThoseOfOthers() {
        ConsoleUser owner = somebody(Role.OWNER);
        ConsoleUser publisher = somebody(Role.PUBLISHER);
        UUID session = sessions.begin(owner, FIREFOX);

        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> sessions.of(publisher.actor(), owner.id()));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> sessions.end(publisher.actor(), session));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> sessions.endAll(publisher.actor(), owner.id(), null));
        assertThat(sessions.endAll(somebody(Role.OWNER).actor(), owner.id(), null)).isEqualTo(1);
        assertThat(sessions.alive(session)).isFalse();
    }

    @Test
    void whoMayDoLessIsSignedOutAndWhoMayDoMoreIsNot() {
        ConsoleUser user = somebody(Role.VIEWER);
        UUID session = sessions.begin(user, FIREFOX);
        users.assign(SELF, user.id(), Set.of(Role.PUBLISHER, Role.VIEWER));
        assertThat(sessions.alive(session)).isTrue();

        users.assign(SELF, user.id(), Set.of(Role.PRICING_EDITOR));

        assertThat(sessions.alive(session)).isFalse();
    }

    @Test
    void whoIsDisabledOrErasedIsSignedOutAndOfWhomIsErasedNothingStays() {
        ConsoleUser disabled = somebody(Role.VIEWER);
        UUID session = sessions.begin(disabled, FIREFOX);
        users.disable(SELF, disabled.id());
        users.enable(SELF, disabled.id());
        assertThat(sessions.alive(session)).as("it does not come back with the person").isFalse();

        ConsoleUser erased = somebody(Role.VIEWER);
        UUID other = sessions.begin(erased, FIREFOX);
        users.erase(SELF, erased.id());

        assertThat(sessions.alive(other)).isFalse();
        assertThat(db.fetchValue("select count(*) from signin.session where user_id = {0}", DSL.val(erased.id()))).isEqualTo(0L);
    }

    @Test
    void whenABrowserWasSeenLastIsKnownToTheMinute() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        UUID session = sessions.begin(viewer, FIREFOX);
        stories.pass(Duration.ofMinutes(10));

        sessions.alive(session);

        assertThat(sessions.of(viewer.actor(), viewer.id()).getFirst().lastSeenAt()).isEqualTo(stories.clock().instant());
        stories.pass(Duration.ofHours(12));
        assertThat(sessions.of(viewer.actor(), viewer.id())).as("whose server died").isEmpty();
    }

    @Test
    void oneChangesOnesPasswordByTheOneBeforeAndIsSignedOutElsewhere() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        UUID here = sessions.begin(viewer, FIREFOX);
        UUID there = sessions.begin(viewer, null);
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> passwords.change(viewer.actor(), here, "not this one", "another lighthouse"))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("input.before"));

        passwords.change(viewer.actor(), here, PASSWORD, "another lighthouse");

        assertThat(users.matches(viewer.id(), "another lighthouse")).isTrue();
        assertThat(sessions.alive(here)).isTrue();
        assertThat(sessions.alive(there)).isFalse();
    }

    @Test
    void whoGuessesThePasswordOfABrowserLeftOpenHasToWait() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> passwords.change(viewer.actor(), null, "a guess", "another lighthouse"));
        }

        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> passwords.change(viewer.actor(), null, PASSWORD, "another lighthouse"))
                .withMessageContaining("Too many");
    }
}
