package dev.headroom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.HeadroomTest;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.HeadroomException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who signs in to the console, and who does not any more. */
@HeadroomTest
class ConsoleUsersTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    ConsoleUsers users;

    @Autowired
    Origins origins;

    @Autowired
    DSLContext db;

    private ConsoleUser somebody(Role... roles) {
        return users.create(SELF, UUID.randomUUID() + "@example.com", "Somebody Else", Set.of(roles), ConsoleUsers.newPassword());
    }

    @Test
    void aRoleThatWasGivenOrTakenCountsAtOnce() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        assertThat(users.current(viewer.id())).contains(viewer);

        users.assign(SELF, viewer.id(), Set.of(Role.APPROVER));

        assertThat(users.current(viewer.id()).orElseThrow().roles()).containsExactly(Role.APPROVER);
    }

    @Test
    void whoHasTwoRolesMayDoWhatEitherAllows() {
        ConsoleUser both = somebody(Role.PRICING_EDITOR, Role.FINANCE);

        assertThat(both.actor().permissions()).isEqualTo(EnumSet.of(Permission.READ, Permission.QUOTE, Permission.CATALOG, Permission.CHANGE, Permission.REVENUE));
    }

    @Test
    void whoeverIsDisabledIsOutAtOnceUntilTheyAreLetInAgain() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        assertThat(users.current(viewer.id())).isPresent();

        users.disable(SELF, viewer.id());

        assertThat(users.current(viewer.id())).isEmpty();
        assertThat(users.login(viewer.email())).isEmpty();
        users.enable(SELF, viewer.id());
        assertThat(users.current(viewer.id())).contains(viewer);
    }

    @Test
    void onlyTheyThemselvesChooseTheirPasswordAndTheirName() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        users.choosePassword(viewer.actor(), viewer.id(), "a lighthouse in June");
        users.rename(viewer.actor(), viewer.id(), "Somebody New");

        assertThat(users.matches(viewer.id(), "a lighthouse in June")).isTrue();
        assertThat(users.current(viewer.id()).orElseThrow().name()).isEqualTo("Somebody New");
        ConsoleUser owner = somebody(Role.OWNER);
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.choosePassword(owner.actor(), viewer.id(), "another lighthouse"));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.rename(owner.actor(), viewer.id(), "Nobody"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "too short", "aaaaaaaaaaaaaaaa", "123456789012", "abcdefghijklmno", "password1234", "ada.lovelace12", "HEADROOM-2026", "P@ssw0rd1234", "qwertyuiop123", "iloveyou1234",
        "letmeinletmein", "q1w2e3r4t5y6", "football12345", "zyxwvutsrqpo"})
    void anEasyPasswordIsRefused(String password) {
        assertThatExceptionOfType(HeadroomException.class)
                .isThrownBy(() -> users.create(SELF, "ada.lovelace@example.com", "Ada Lovelace", Set.of(Role.VIEWER), password))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("input.password"));
    }

    @Test
    void aPasswordIsLookedAtToItsLastCharacterOrRefused() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        String longest = "äöü lighthouse ".repeat(4);
        users.choosePassword(viewer.actor(), viewer.id(), longest);

        assertThat(users.matches(viewer.id(), longest.strip())).isFalse();
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.choosePassword(viewer.actor(), viewer.id(), longest + "x"));
    }

    @Test
    void theLastOwnerCanNeitherBeDisabledNorDemotedNorErased() {
        ConsoleUser first = somebody(Role.OWNER);
        List<ConsoleUser> others = users.all(SELF).stream()
                .filter(user -> user.active() && user.roles().contains(Role.OWNER) && !user.equals(first))
                .toList();
        others.forEach(other -> users.assign(SELF, other.id(), Set.of(Role.VIEWER)));
        try {
            staysOwner(first);
        } finally {
            // Other tests sign in with these.
            others.forEach(other -> users.assign(SELF, other.id(), other.roles()));
        }
        assertThat(users.disable(SELF, first.id()).active()).as("there are others again").isFalse();
    }

    private void staysOwner(ConsoleUser first) {
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.disable(SELF, first.id())).withMessageContaining("only owner");
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.erase(SELF, first.id())).withMessageContaining("only owner");
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.assign(SELF, first.id(), Set.of(Role.VIEWER)))
                .withMessageContaining("only owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "PRICING_EDITOR", "PUBLISHER", "APPROVER", "FINANCE"})
    void whoeverMayNotManagePeopleCannot(Role role) {
        ConsoleUser one = somebody(role);

        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.assign(one.actor(), one.id(), Set.of(Role.OWNER)));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.disable(one.actor(), one.id()));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.erase(one.actor(), one.id()));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.all(one.actor()));
    }

    @Test
    void whoManagesPeopleAndMayNoMoreMakesNobodyWhoMay() {
        Actor backend = new Actor.ApiKey(UUID.randomUUID(), EnumSet.of(Permission.ADMIN, Permission.READ, Permission.QUOTE));
        ConsoleUser owner = somebody(Role.OWNER);
        ConsoleUser viewer = somebody(Role.VIEWER);

        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.assign(backend, viewer.id(), Set.of(Role.PUBLISHER)));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.assign(backend, owner.id(), Set.of(Role.VIEWER)));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.disable(backend, owner.id()));
        assertThat(users.disable(backend, viewer.id()).active()).isFalse();
    }

    @Test
    void somebodyWithoutAnyRoleIsRefused() {
        ConsoleUser viewer = somebody(Role.VIEWER);

        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> users.assign(SELF, viewer.id(), Set.of()))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("input.roles"));
    }

    @Test
    void whoIsErasedIsNowhereAnyMoreAndWhatTheyDidStaysTold() {
        ConsoleUser gone = users.create(SELF, "Grace.Canary" + UUID.randomUUID() + "@example.com", "Grace Canary", Set.of(Role.OWNER), ConsoleUsers.newPassword());
        ConsoleUser made = users.create(gone.actor(), UUID.randomUUID() + "@example.com", "Made By Her", Set.of(Role.VIEWER), ConsoleUsers.newPassword());

        ConsoleUser erased = users.erase(SELF, gone.id());

        assertThat(erased.erased()).isTrue();
        assertThat(users.matches(gone.id(), "")).isFalse();
        assertThat(users.login(gone.email())).isEmpty();
        assertThat(users.all(SELF)).doesNotContain(erased);
        assertThat(users.knows(SELF, gone.email())).isFalse();
        assertThat(db.fetchValue("select count(*) from identity.console_user where lower(email || name) like '%canary%'")).isEqualTo(0L);
        assertThat(db.fetchValue("select count(*) from audit.entry where lower(coalesce(before::text, '') || coalesce(after::text, '')) like '%grace%canary%'")).isEqualTo(0L);
        assertThat(db.fetchValue("select actor from audit.entry where subject_id = {0}", DSL.val(made.id().toString()))).isEqualTo("console:" + gone.id());
        assertThat(origins.of(SELF, "console:" + gone.id()).name()).isEqualTo("Erased person");
        assertThat(users.erase(SELF, gone.id())).isEqualTo(erased);
    }

    /** Each role against each act that matters, as the services ask for it. */
    @ParameterizedTest
    @CsvSource({
            "VIEWER,         false, false, false, false, false, false",
            "PRICING_EDITOR, true,  false, false, false, false, false",
            "PUBLISHER,      true,  true,  false, false, false, false",
            "APPROVER,       false, false, true,  true,  true,  false",
            "FINANCE,        false, false, false, true,  false, false",
            "OWNER,          true,  true,  true,  true,  true,  true"})
    void aRoleMayDoJustThis(Role role, boolean catalog, boolean publish, boolean approve, boolean change, boolean accounts, boolean admin) {
        ConsoleUser one = somebody(role);
        assertThat(one.actor().permissions()).contains(Permission.READ, Permission.QUOTE);
        assertThat(EnumSet.of(Permission.CATALOG, Permission.PUBLISH, Permission.APPROVE, Permission.CHANGE, Permission.ACCOUNTS, Permission.ADMIN).stream()
                .map(permission -> one.actor().permissions().contains(permission)))
                .containsExactly(change, accounts, catalog, publish, approve, admin);
    }
}
