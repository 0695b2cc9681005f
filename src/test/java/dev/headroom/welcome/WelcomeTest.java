package dev.headroom.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.actor.Permission;
import dev.headroom.identity.ApiKeys;
import dev.headroom.identity.ConsoleUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Whoever starts Headroom gets in. */
@HeadroomTest
class WelcomeTest {

    @Autowired
    FirstOwners owners;

    @Autowired
    ConsoleUsers users;

    @Autowired
    ApiKeys keys;

    @Autowired
    PasswordEncoder passwords;

    @Test
    void theFirstOwnerAndTheFirstKeyWorkAndAreToldAgainAtTheNextStart() {
        Credentials made = owners.ensure().orElseThrow();

        ConsoleUsers.Login login = users.login(made.email()).orElseThrow();
        assertThat(passwords.matches(made.password(), login.passwordHash())).isTrue();
        assertThat(login.user().permissions()).contains(Permission.ADMIN);
        assertThat(keys.authenticate(made.apiKey()).orElseThrow().permissions()).contains(Permission.USAGE, Permission.CATALOG).doesNotContain(Permission.ADMIN);
        assertThat(owners.ensure()).contains(made);
    }

    @Test
    void onlyItsOwnerReadsTheFile(@TempDir Path data) throws IOException {
        CredentialsFile file = CredentialsFile.in(data.resolve("new"));
        Credentials credentials = new Credentials("ada@example.com", "secret word", "hr_key");
        assertThat(file.read()).isEmpty();
        file.write(credentials);
        file.write(credentials);
        assertThat(file.read()).contains(credentials);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path()))).isEqualTo("rw-------");
    }

    @Test
    void theLinesSayWhereEverythingIs() {
        CredentialsFile file = CredentialsFile.in(Path.of("/data"));
        Credentials credentials = new Credentials("ada@example.com", "secret word", "hr_key");
        assertThat(new Greeting("http://localhost:8080", Optional.of(credentials), file, "sandbox", "/data").lines())
                .anyMatch(line -> line.endsWith("http://localhost:8080/graphql"))
                .anyMatch(line -> line.contains("ada@example.com") && line.contains("secret word"))
                .anyMatch(line -> line.contains("hr_key"));
        assertThat(new Greeting("http://localhost:8080", Optional.empty(), file, "sandbox", "/data").lines())
                .anyMatch(line -> line.contains("/data/credentials.txt"));
        assertThat(credentials.toString()).doesNotContain("secret").doesNotContain("hr_key");
    }
}
