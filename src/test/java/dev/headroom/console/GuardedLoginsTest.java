package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.console.GuardedLogins.MustWaitException;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import dev.headroom.signin.Sessions;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** Signing in. */
@HeadroomTest
class GuardedLoginsTest {

    private static final Actor SELF = new Actor.System("test");
    private static final String PASSWORD = "a lighthouse in June";

    @Autowired
    GuardedLogins logins;

    @Autowired
    ConsoleUsers users;

    @Autowired
    Sessions sessions;

    @Autowired
    Stories stories;

    private ConsolePrincipal signIn(String email, String password) {
        return (ConsolePrincipal) logins.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(email, password)).getPrincipal();
    }

    private ConsoleUser somebody() {
        return users.create(SELF, UUID.randomUUID() + "@example.com", "Somebody", Set.of(Role.PRICING_EDITOR, Role.FINANCE), PASSWORD);
    }

    @Test
    void whoSignsInHasASessionAndAllOfTheirRoles() {
        ConsoleUser user = somebody();

        ConsolePrincipal principal = signIn(user.email(), PASSWORD);

        assertThat(sessions.alive(principal.session())).isTrue();
        assertThat(principal.getAuthorities()).extracting(Object::toString).containsExactlyInAnyOrder("ROLE_PRICING_EDITOR", "ROLE_FINANCE");
    }

    @Test
    void whoeverIsWrongLearnsNothingOfWhoExists() {
        String wrong = refused(somebody().email());

        assertThat(refused("nobody." + UUID.randomUUID() + "@example.com")).isEqualTo(wrong);
        ConsoleUser disabled = somebody();
        users.disable(SELF, disabled.id());
        assertThat(refused(disabled.email())).isEqualTo(wrong);
    }

    private String refused(String email) {
        try {
            signIn(email, "not this one");
            return "signed in";
        } catch (BadCredentialsException wrong) {
            return wrong.getMessage();
        }
    }

    @Test
    void afterFiveWrongOnesTheRightOneWaitsToo() {
        String email = somebody().email();
        IntStream.range(0, 5).forEach(_ -> refused(email));
        assertThatExceptionOfType(MustWaitException.class).isThrownBy(() -> signIn(email, PASSWORD))
                .satisfies(wait -> assertThat(wait.until()).isEqualTo(stories.clock().instant().plusSeconds(30)));

        stories.pass(Duration.ofSeconds(30));

        assertThat(signIn(email, PASSWORD).session()).isNotNull();
        assertThat(refused(email)).as("what was before is forgotten").contains("Bad credentials");
    }
}
