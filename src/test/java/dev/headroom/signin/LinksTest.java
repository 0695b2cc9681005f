package dev.headroom.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import dev.headroom.signin.Link.Purpose;
import dev.headroom.signin.Links.Entry;
import dev.headroom.signin.Links.Look;
import dev.headroom.signin.Links.MadeLink;
import dev.headroom.signin.Links.Why;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Links that let somebody in, once. */
@HeadroomTest
class LinksTest {

    private static final Actor SELF = new Actor.System("test");
    private static final String PASSWORD = "a lighthouse in June";

    @Autowired
    Links links;

    @Autowired
    ConsoleUsers users;

    @Autowired
    Sessions sessions;

    @Autowired
    Stories stories;

    @Autowired
    DSLContext db;

    private static String fresh() {
        return UUID.randomUUID() + "@example.com";
    }

    private ConsoleUser somebody(Role role) {
        return users.create(SELF, fresh(), "Somebody", Set.of(role), ConsoleUsers.newPassword());
    }

    @Test
    void whoIsInvitedChoosesNameAndPasswordAndHasTheRolesThatWereMeant() {
        String email = fresh();
        MadeLink made = links.invite(SELF, email, Set.of(Role.PRICING_EDITOR, Role.FINANCE));
        assertThat(links.look(made.token())).isEqualTo(new Look.Open(Purpose.INVITATION, email, null));
        assertThat(links.invitations(SELF)).contains(made.link());

        assertThat(links.enter(made.token(), "Ada", PASSWORD)).isInstanceOf(Entry.Entered.class);

        ConsoleUser user = users.login(email).orElseThrow().user();
        assertThat(user.name()).isEqualTo("Ada");
        assertThat(user.roles()).containsExactlyInAnyOrder(Role.PRICING_EDITOR, Role.FINANCE);
        assertThat(users.matches(user.id(), PASSWORD)).isTrue();
        assertThat(links.invitations(SELF)).doesNotContain(made.link());
        assertThat(links.look(made.token())).isEqualTo(new Look.Closed(Why.USED));
        assertThat(links.enter(made.token(), "Eve", "another lighthouse")).isEqualTo(new Entry.Refused(Why.USED));
    }

    @Test
    void ofTwoWhoUseOneLinkAtOnceOneIsLetIn() throws Exception {
        MadeLink made = links.invite(SELF, fresh(), Set.of(Role.VIEWER));
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<Entry>> both = List.of("Ada", "Eve").stream().map(name -> two.submit(() -> {
                together.await();
                return links.enter(made.token(), name, PASSWORD);
            })).toList();
            List<Entry> entries = List.of(both.getFirst().get(), both.getLast().get());
            assertThat(entries).filteredOn(Entry.Entered.class::isInstance).hasSize(1);
            assertThat(entries).contains(new Entry.Refused(Why.USED));
        }
    }

    @Test
    void aPasswordThatIsNotTakenCostsNothing() {
        MadeLink made = links.invite(SELF, fresh(), Set.of(Role.VIEWER));

        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> links.enter(made.token(), "Ada", "short"))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("input.password"));

        assertThat(links.enter(made.token(), "Ada", PASSWORD)).isInstanceOf(Entry.Entered.class);
    }

    @Test
    void aLinkEnds() {
        MadeLink invitation = links.invite(SELF, fresh(), Set.of(Role.VIEWER));
        MadeLink reset = links.reset(SELF, somebody(Role.VIEWER).id());
        stories.pass(Duration.ofDays(1));
        assertThat(links.look(reset.token())).isEqualTo(new Look.Closed(Why.EXPIRED));
        assertThat(links.look(invitation.token())).isInstanceOf(Look.Open.class);

        stories.pass(Duration.ofDays(6));

        assertThat(links.enter(invitation.token(), "Ada", PASSWORD)).isEqualTo(new Entry.Refused(Why.EXPIRED));
        assertThat(links.invitations(SELF)).doesNotContain(invitation.link());
    }

    @Test
    void whatWasTakenBackLetsNobodyIn() {
        MadeLink made = links.invite(SELF, fresh(), Set.of(Role.VIEWER));
        links.revoke(SELF, made.link().id());
        links.revoke(SELF, made.link().id());

        assertThat(links.enter(made.token(), "Ada", PASSWORD)).isEqualTo(new Entry.Refused(Why.REVOKED));
    }

    @Test
    void anotherInvitationOfTheSamePersonTakesTheOneBeforeBack() {
        String email = fresh();
        MadeLink first = links.invite(SELF, email, Set.of(Role.OWNER));
        MadeLink second = links.invite(SELF, email.toUpperCase(Locale.ROOT), Set.of(Role.VIEWER));

        assertThat(links.look(first.token())).isEqualTo(new Look.Closed(Why.REVOKED));
        assertThat(links.look(second.token())).isInstanceOf(Look.Open.class);
    }

    @Test
    void whatSomebodyMadeWhoMayNotAnyMoreIsNoWayBackIn() {
        ConsoleUser owner = somebody(Role.OWNER);
        MadeLink made = links.invite(owner.actor(), fresh(), Set.of(Role.OWNER));

        users.assign(SELF, owner.id(), Set.of(Role.VIEWER));

        assertThat(links.look(made.token())).isEqualTo(new Look.Closed(Why.REVOKED));
        assertThat(links.enter(made.token(), "Eve", PASSWORD)).isEqualTo(new Entry.Refused(Why.REVOKED));
    }

    @Test
    void whoeverHasNoLinkLearnsNothing() {
        assertThat(links.look("")).isEqualTo(new Look.Closed(Why.UNKNOWN));
        assertThat(links.enter("no-such-token", "Eve", PASSWORD)).isEqualTo(new Entry.Refused(Why.UNKNOWN));
    }

    @Test
    void aNewPasswordSignsOutEverywhereAndTheOldOneWorksUntilThen() {
        ConsoleUser viewer = somebody(Role.VIEWER);
        users.choosePassword(viewer.actor(), viewer.id(), PASSWORD);
        UUID session = sessions.begin(viewer, null);
        MadeLink made = links.reset(SELF, viewer.id());
        assertThat(users.matches(viewer.id(), PASSWORD)).isTrue();
        assertThat(sessions.alive(session)).isTrue();

        links.enter(made.token(), "of no meaning", "another lighthouse");

        assertThat(users.matches(viewer.id(), PASSWORD)).isFalse();
        assertThat(users.matches(viewer.id(), "another lighthouse")).isTrue();
        assertThat(users.current(viewer.id()).orElseThrow().name()).isEqualTo("Somebody");
        assertThat(sessions.alive(session)).isFalse();
    }

    @Test
    void nobodyInvitesWhomTheyCouldNotLetIn() {
        Actor backend = new Actor.ApiKey(UUID.randomUUID(), EnumSet.of(Permission.ADMIN, Permission.READ, Permission.QUOTE));

        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> links.invite(backend, fresh(), Set.of(Role.OWNER)));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> links.reset(backend, somebody(Role.OWNER).id()));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> links.invite(somebody(Role.PUBLISHER).actor(), fresh(), Set.of(Role.VIEWER)));
    }

    @Test
    void wrongInputIsRefused() {
        ConsoleUser known = somebody(Role.VIEWER);
        users.disable(SELF, known.id());

        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> links.invite(SELF, "nobody", Set.of(Role.VIEWER)));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> links.invite(SELF, fresh(), Set.of()));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> links.invite(SELF, known.email(), Set.of(Role.VIEWER)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> links.reset(SELF, known.id()));
    }

    @Test
    void neitherTheTokenNorTheEMailIsWrittenWhereItStays() {
        String email = "Canary" + fresh();
        MadeLink made = links.invite(SELF, email, Set.of(Role.VIEWER));
        links.revoke(SELF, made.link().id());

        String audit = db.fetch("select coalesce(before::text, '') || coalesce(after::text, '') from audit.entry where subject_id = {0}",
                DSL.val(made.link().id().toString())).getValues(0).toString();
        assertThat(audit).contains("INVITATION").doesNotContainIgnoringCase(made.token()).doesNotContainIgnoringCase(email);
        assertThat(db.fetch("select * from signin.link where id = {0}", DSL.val(made.link().id())).formatCSV()).doesNotContainIgnoringCase(email);
        assertThat(made.toString()).doesNotContain(made.token());
    }
}
