package dev.headroom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.HeadroomTest;
import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Who signs in to the console, and who does not any more. */
@HeadroomTest
class ConsoleUsersTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    ConsoleUsers users;

    @Autowired
    PasswordEncoder passwords;

    private ConsoleUser somebody(Role role) {
        return users.create(SELF, UUID.randomUUID() + "@example.com", "Somebody", role, ConsoleUsers.newPassword());
    }

    @Test
    void aRoleThatWasGivenOrTakenCountsAtOnce() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        assertThat(users.current(viewer.id())).contains(viewer);

        users.assign(SELF, viewer.id(), Role.APPROVER);

        assertThat(users.current(viewer.id()).orElseThrow().role()).isEqualTo(Role.APPROVER);
    }

    @Test
    void whoeverIsDisabledIsOutAtOnceAndStaysOut() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        assertThat(users.current(viewer.id())).isPresent();

        users.disable(SELF, viewer.id());

        assertThat(users.current(viewer.id())).isEmpty();
        assertThat(users.login(viewer.email())).isEmpty();
    }

    @Test
    void aNewPasswordReplacesTheOldOne() {
        ConsoleUser viewer = somebody(Role.VIEWER);

        String made = users.resetPassword(SELF, viewer.id());

        assertThat(passwords.matches(made, users.login(viewer.email()).orElseThrow().passwordHash())).isTrue();
    }

    @Test
    void theLastOwnerCanNeitherBeDisabledNorDemoted() {
        ConsoleUser first = somebody(Role.OWNER);
        List<ConsoleUser> others = users.all(SELF).stream()
                .filter(user -> user.active() && user.role() == Role.OWNER && !user.equals(first))
                .toList();
        others.forEach(other -> users.assign(SELF, other.id(), Role.VIEWER));
        try {
            staysOwner(first);
        } finally {
            // Other tests sign in with these.
            others.forEach(other -> users.assign(SELF, other.id(), Role.OWNER));
        }
        assertThat(users.disable(SELF, first.id()).active()).as("there are others again").isFalse();
    }

    private void staysOwner(ConsoleUser first) {
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.disable(SELF, first.id())).withMessageContaining("only owner");
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.assign(SELF, first.id(), Role.VIEWER)).withMessageContaining("only owner");
    }

    @Test
    void whoeverMayNotManagePeopleCannot() {
        ConsoleUser viewer = somebody(Role.VIEWER);

        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.assign(viewer.actor(), viewer.id(), Role.OWNER));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.disable(viewer.actor(), viewer.id()));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.resetPassword(viewer.actor(), viewer.id()));
    }
}
