package dev.headroom.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.usage.Usages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** What is noted while answering is written once, sooner or later. */
@HeadroomTest
class NoticesTest {

    private static final Actor.System SOMEBODY = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    Accounts accounts;

    @Autowired
    Entitlements entitlements;

    @Autowired
    RememberedTerms terms;

    @Autowired
    Catalog catalog;

    @Autowired
    Usages usages;

    @Autowired
    NoticeRepository repository;

    @Autowired
    TransactionTemplate transaction;

    private final List<Object> published = new ArrayList<>();
    private AccountId acme;
    private Entitlement denied;

    @BeforeEach
    void aRequestThatDidNotFit() {
        Story story = stories.begin();
        acme = accounts.meant(SOMEBODY, story.subscribed("acme", "free", 0)).id();
        denied = entitlements.check(SOMEBODY, acme, List.of(story.key("calls")), 101).getFirst();
        assertThat(denied.allowed()).isFalse();
    }

    @Test
    void aLimitThatIsHitAtTwoNodesIsToldOfOnce() {
        for (Notices node : List.of(node(published::add), node(published::add))) {
            node.denied(denied, stories.clock().instant());
            node.write();
        }

        assertThat(published).hasSize(1);
        assertThat(repository.ofAccount(acme, 10)).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenIsKeptForTheNextTime() {
        boolean[] fails = {true};
        Notices node = node(event -> {
            if (fails[0]) {
                throw new IllegalStateException("no");
            }
            published.add(event);
        });
        node.denied(denied, stories.clock().instant());

        assertThatThrownBy(node::write).hasMessage("no");
        assertThat(repository.ofAccount(acme, 10)).isEmpty();
        fails[0] = false;
        node.write();
        node.write();
        assertThat(published).hasSize(1);
        assertThat(repository.ofAccount(acme, 10)).hasSize(1);
    }

    private Notices node(ApplicationEventPublisher publisher) {
        return new Notices(terms, catalog, usages, repository, publisher, transaction, stories.clock());
    }
}
