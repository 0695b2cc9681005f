package dev.headroom.welcome;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.identity.ApiKeys;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The first owner, and the first key, which may do all that a vendor's backend needs but cannot make further keys or users, nor decide what its customers ask for. */
@Service
class FirstOwners {

    private static final Actor.System SELF = new Actor.System("welcome");
    private static final Set<Permission> BACKEND = EnumSet.complementOf(EnumSet.of(Permission.ADMIN, Permission.APPROVE));

    private final ConsoleUsers users;
    private final ApiKeys keys;
    private final WelcomeProperties properties;
    private final TransactionTemplate transaction;

    FirstOwners(ConsoleUsers users, ApiKeys keys, WelcomeProperties properties, TransactionTemplate transaction) {
        this.users = users;
        this.keys = keys;
        this.properties = properties;
        this.transaction = transaction;
    }

    /** Makes them unless somebody can sign in already. @return what is known of them; empty where the file is not */
    Optional<Credentials> ensure() {
        CredentialsFile file = CredentialsFile.in(properties.data());
        if (users.any()) {
            return file.read();
        }
        Credentials made = new Credentials(properties.ownerEmail(), ConsoleUsers.newPassword(), ApiKeys.newSecret());
        // First the file: a password that nobody can read any more would lock everybody out.
        file.write(made);
        transaction.executeWithoutResult(_ -> {
            users.create(SELF, made.email(), "Owner", Set.of(Role.OWNER), made.password());
            keys.create(SELF, "First key", BACKEND, Set.of(), made.apiKey());
        });
        return Optional.of(made);
    }
}
