package dev.headroom.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.broadcast.BroadcastReceived;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.preview.Drift.Cause;
import dev.headroom.preview.Drift.Compared;
import dev.headroom.preview.Drift.Difference;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A subscription drifts until somebody sees that it does not, and every node knows which ones do. */
@HeadroomTest
class DriftsTest {

    private static final Actor.System SOMEBODY = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    Drifts drifts;

    @Autowired
    DriftRepository repository;

    @Autowired
    Broadcasts broadcasts;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    StatementCounter statements;

    private AccountSubscription acme;

    @BeforeEach
    void anAccount() {
        Story story = stories.begin();
        acme = subscriptions.live(SOMEBODY, accounts.meant(SOMEBODY, story.subscribed("acme", "team", 5)).id()).getFirst();
    }

    @Test
    void oneIsToldAnewAsLongAsItIsOpen() {
        drifts.differs(SOMEBODY, acme, difference(100, 200));
        stories.clock().advance(Duration.ofMinutes(1));
        drifts.differs(SOMEBODY, acme, difference(100, 300, Cause.WAITING));

        assertThat(ofAcme(false)).singleElement().satisfies(drift -> {
            assertThat(drift.seen()).isEqualTo(2);
            assertThat(drift.last().stripes()).isEqualTo(Money.of(300, "USD"));
            assertThat(drift.last().why()).containsExactly(Cause.WAITING);
            assertThat(Duration.between(drift.firstSeenAt(), drift.lastSeenAt())).isEqualTo(Duration.ofMinutes(1));
        });
    }

    @Test
    void whatIsResolvedStaysAndTheNextOneIsAnother() {
        drifts.differs(SOMEBODY, acme, difference(100, 200));
        drifts.agrees(acme);
        assertThat(drifts.isOpen(acme.id())).isFalse();
        stories.clock().advance(Duration.ofMinutes(1));
        drifts.differs(SOMEBODY, acme, difference(100, 250));

        assertThat(drifts.isOpen(acme.id())).isTrue();
        assertThat(ofAcme(false)).hasSize(1);
        assertThat(ofAcme(true)).extracting(drift -> drift.resolvedAt() == null).containsExactly(true, false);
    }

    @Test
    void agreementWithoutADifferenceCostsNoStatement() {
        assertThat(statements.during(() -> drifts.agrees(acme))).isZero();
        assertThat(statements.during(() -> drifts.isOpen(acme.id()))).isZero();
    }

    @Test
    void twoWhoFindItAtOnceNoteOne() {
        List<CompletableFuture<Void>> both = Stream.of(200, 300, 400, 500)
                .map(stripes -> CompletableFuture.runAsync(() -> drifts.differs(SOMEBODY, acme, difference(100, stripes)))).toList();
        both.forEach(CompletableFuture::join);

        assertThat(ofAcme(true)).singleElement().satisfies(drift -> assertThat(drift.seen()).isEqualTo(4));
        assertThat(drifts.isOpen(acme.id())).isTrue();
    }

    @Test
    void whatIsNotedOfOneReadsNoOther() {
        Story story = stories.begin();
        AccountSubscription globex = subscriptions.live(SOMEBODY, accounts.meant(SOMEBODY, story.subscribed("globex", "team", 5)).id()).getFirst();
        Drifts other = new Drifts(repository, broadcasts, transaction, stories.clock());
        drifts.differs(SOMEBODY, acme, difference(100, 200));

        other.differs(SOMEBODY, globex, difference(100, 200));
        assertThat(other.isOpen(globex.id())).isTrue();
        assertThat(other.isOpen(acme.id())).as("of a hundred thousand others nothing is loaded for one").isFalse();

        other.on(new BroadcastInterrupted());
        assertThat(other.isOpen(acme.id())).isTrue();
    }

    @Test
    void anotherNodeHearsOfItAndOneThatStartsKnowsIt() {
        Drifts other = new Drifts(repository, broadcasts, transaction, stories.clock());
        other.afterSingletonsInstantiated();
        drifts.differs(SOMEBODY, acme, difference(100, 200));
        assertThat(other.isOpen(acme.id())).as("it has not heard yet").isFalse();

        other.on(new BroadcastReceived("drift", acme.id().toString()));
        assertThat(other.isOpen(acme.id())).isTrue();
        Drifts third = new Drifts(repository, broadcasts, transaction, stories.clock());
        third.afterSingletonsInstantiated();
        assertThat(third.isOpen(acme.id())).isTrue();
    }

    @Test
    void pagesFollowEachOther() {
        drifts.differs(SOMEBODY, acme, difference(100, 200));
        for (int i = 0; i < 3; i++) {
            drifts.agrees(acme);
            drifts.differs(SOMEBODY, acme, difference(100, 300 + i));
        }
        List<Drift> all = drifts.page(SOMEBODY, true, null, 1_000);
        UUID second = all.get(1).id();

        assertThat(drifts.page(SOMEBODY, true, second, 2)).isEqualTo(all.subList(2, 4));
    }

    @Test
    void onlyAdministratorsOfTheVendorSeeThem() {
        Actor reader = new Actor.ApiKey(Ids.next(), Set.of(Permission.READ, Permission.QUOTE));
        Actor member = new Actor.Member(acme.account().value(), Ids.next(), Set.of(Permission.values()));

        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> drifts.page(reader, true, null, 10));
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> drifts.page(member, true, null, 10));
    }

    private List<Drift> ofAcme(boolean resolved) {
        return drifts.page(SOMEBODY, resolved, null, 1_000).stream().filter(drift -> drift.subscription().equals(acme.id())).toList();
    }

    private static Difference difference(long ours, long stripes, Cause... why) {
        return new Difference(Ids.next(), Compared.NOW, Money.of(ours, "USD"), Money.of(stripes, "USD"), List.of(why));
    }
}
