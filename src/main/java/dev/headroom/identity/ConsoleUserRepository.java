package dev.headroom.identity;

import static dev.headroom.identity.jooq.Tables.CONSOLE_USER;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.row;

import dev.headroom.identity.ConsoleUsers.Login;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.SelectField;
import org.springframework.stereotype.Repository;

@Repository
class ConsoleUserRepository {

    private static final SelectField<ConsoleUser> USER = row(
                    CONSOLE_USER.ID, CONSOLE_USER.EMAIL, CONSOLE_USER.NAME, CONSOLE_USER.ROLES.convertFrom(ConsoleUserRepository::roles),
                    CONSOLE_USER.CREATED_AT, CONSOLE_USER.DISABLED_AT, CONSOLE_USER.ERASED_AT)
            .mapping(ConsoleUser::new);

    private final DSLContext db;

    ConsoleUserRepository(DSLContext db) {
        this.db = db;
    }

    private static Set<Role> roles(String[] names) {
        return Arrays.stream(names).map(Role::valueOf).collect(toUnmodifiableSet());
    }

    private static String[] names(Set<Role> roles) {
        return roles.stream().sorted().map(Role::name).toArray(String[]::new);
    }

    /** False when the e-mail is taken, in whatever case it is written. */
    boolean insert(ConsoleUser user, String passwordHash) {
        return db.insertInto(CONSOLE_USER)
                .set(CONSOLE_USER.ID, user.id())
                .set(CONSOLE_USER.EMAIL, user.email())
                .set(CONSOLE_USER.NAME, user.name())
                .set(CONSOLE_USER.ROLES, names(user.roles()))
                .set(CONSOLE_USER.PASSWORD_HASH, passwordHash)
                .set(CONSOLE_USER.CREATED_AT, user.createdAt())
                .onConflictDoNothing()
                .execute() == 1;
    }

    void update(ConsoleUser user) {
        db.update(CONSOLE_USER)
                .set(CONSOLE_USER.EMAIL, user.email())
                .set(CONSOLE_USER.NAME, user.name())
                .set(CONSOLE_USER.ROLES, names(user.roles()))
                .set(CONSOLE_USER.DISABLED_AT, user.disabledAt())
                .set(CONSOLE_USER.ERASED_AT, user.erasedAt())
                .where(CONSOLE_USER.ID.eq(user.id()))
                .execute();
    }

    void password(UUID id, String passwordHash) {
        db.update(CONSOLE_USER).set(CONSOLE_USER.PASSWORD_HASH, passwordHash).where(CONSOLE_USER.ID.eq(id)).execute();
    }

    Optional<String> passwordHash(UUID id) {
        return db.select(CONSOLE_USER.PASSWORD_HASH).from(CONSOLE_USER).where(CONSOLE_USER.ID.eq(id)).fetchOptional(CONSOLE_USER.PASSWORD_HASH);
    }

    Optional<ConsoleUser> byId(UUID id) {
        return db.select(USER).from(CONSOLE_USER).where(CONSOLE_USER.ID.eq(id)).fetchOptional(mapping(user -> user));
    }

    /** Nobody else changes this one until the transaction ends. */
    Optional<ConsoleUser> locked(UUID id) {
        return db.select(USER).from(CONSOLE_USER).where(CONSOLE_USER.ID.eq(id)).forUpdate().fetchOptional(mapping(user -> user));
    }

    /** Nobody else changes who owns until the transaction ends. */
    List<ConsoleUser> lockedOwners() {
        return db.select(USER)
                .from(CONSOLE_USER)
                .where(CONSOLE_USER.ROLES.contains(new String[] {Role.OWNER.name()}), CONSOLE_USER.DISABLED_AT.isNull())
                .orderBy(CONSOLE_USER.ID)
                .forUpdate()
                .fetch(mapping(user -> user));
    }

    List<ConsoleUser> all() {
        return db.select(USER).from(CONSOLE_USER).orderBy(lower(CONSOLE_USER.EMAIL)).fetch(mapping(user -> user));
    }

    boolean any() {
        return db.fetchExists(CONSOLE_USER);
    }

    boolean taken(String email) {
        return db.fetchExists(CONSOLE_USER, lower(CONSOLE_USER.EMAIL).eq(email.toLowerCase(Locale.ROOT)));
    }

    Optional<Login> login(String email) {
        return db.select(USER, CONSOLE_USER.PASSWORD_HASH)
                .from(CONSOLE_USER)
                .where(lower(CONSOLE_USER.EMAIL).eq(email.toLowerCase(Locale.ROOT)), CONSOLE_USER.DISABLED_AT.isNull())
                .fetchOptional(mapping(Login::new));
    }
}
