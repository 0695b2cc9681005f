package dev.headroom.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.StatementCounter.Asked;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Of the catalogue that is what was written that is read anew, whoever wrote it and whether or not somebody says so; and nothing else is. */
@HeadroomTest
class SnapshotTest {

    @Autowired
    private Stories stories;
    @Autowired
    private CatalogRepository repository;
    @Autowired
    private StatementCounter statements;
    @Autowired
    private TransactionTemplate transaction;
    @Autowired
    private DSLContext db;

    private Story changed;
    private Story other;

    @BeforeEach
    void twoProducts() {
        changed = stories.beginWithCatalogOfItsOwn();
        other = stories.beginWithCatalogOfItsOwn();
        changed.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", changed.key("fifth"), "product", changed.key("suite"), "key", changed.key("fifth"), "name", "Fifth", "percentOff", "20", "duration", "FOREVER",
                "from", "2026-01-01T00:00:00Z", "until", "2126-01-01T00:00:00Z")).at("/createOffer");
        repository.load();
    }

    @Test
    void whatSomebodyWroteWithoutAWordIsReadAnew() {
        write("update catalog.product set name = 'Written' where key = {0}", "suite");
        write("update catalog.feature set name = 'Written' where key = {0}", "calls");
        assertThat(repository.load().requireProduct("product", changed.key("suite")).name()).isEqualTo("Written");
        assertThat(repository.load().feature(changed.key("calls")).orElseThrow().name()).isEqualTo("Written");
        assertThat(sold("team").entitlements()).extracting(granted -> granted.feature().name()).as("as features are called by now").contains("Written");

        write("update catalog.plan set name = 'Written' where key = {0}", "team");
        assertThat(sold("team").plan().name()).isEqualTo("Written");

        write("update catalog.offer set ended_at = '2026-01-05T10:00:00Z' where key = {0}", "fifth");
        assertThat(repository.load().requireOffer("offer", changed.key("fifth")).endedAt()).isNotNull();

        write("update catalog.plan_version set state = 'RETIRED' where plan_id = (select id from catalog.plan where key = {0})", "team");
        assertThat(repository.load().onSale(repository.load().requirePlan("plan", changed.key("team")))).isEmpty();
    }

    @Test
    void whatIsNotCommittedIsSeenByWhoeverWritesItAndNeverAgain() {
        transaction.executeWithoutResult(status -> {
            write("update catalog.plan set name = 'Never' where key = {0}", "team");
            assertThat(sold("team").plan().name()).isEqualTo("Never");
            write("update catalog.plan set name = 'Not yet' where key = {0}", "team");
            assertThat(sold("team").plan().name()).as("written twice in one transaction").isEqualTo("Not yet");
            status.setRollbackOnly();
        });
        assertThat(sold("team").plan().name()).isEqualTo("team");

        transaction.executeWithoutResult(_ -> {
            write("update catalog.plan set name = 'First' where key = {0}", "team");
            assertThat(sold("team").plan().name()).isEqualTo("First");
            write("update catalog.plan set name = 'Last' where key = {0}", "team");
        });
        assertThat(sold("team").plan().name()).isEqualTo("Last");
    }

    @Test
    void whatNobodyWroteIsNotReadAnew() {
        PlanVersion before = repository.load().onSale(repository.load().requirePlan("plan", other.key("team"))).orElseThrow();
        int products = repository.load().products().size();
        assertThat(statements.asked(repository::load)).isEqualTo(new Asked(1, products));

        write("update catalog.plan set name = 'Written' where key = {0}", "team");
        Asked asked = statements.asked(repository::load);
        CatalogSnapshot now = repository.load();

        assertThat(now.version(before.id())).isSameAs(before);
        List<Feature> features = now.featuresOf(now.requireProduct("product", changed.key("suite")).id());
        long versions = now.plans().stream().filter(plan -> plan.key().endsWith("-" + changed.number())).mapToLong(plan -> now.versionsOf(plan).size()).sum();
        long addOns = now.addOns().stream().filter(plan -> plan.key().endsWith("-" + changed.number())).mapToLong(plan -> now.versionsOf(plan).size()).sum();
        assertThat(asked).as("a row for each product, and those of the one that was written").isEqualTo(new Asked(4, (int) (products + features.size() + versions + addOns + 1)));
    }

    private PlanVersion sold(String plan) {
        CatalogSnapshot now = repository.load();
        return now.versionsOf(now.requirePlan("plan", changed.key(plan))).getLast();
    }

    private void write(String sql, String key) {
        assertThat(db.execute(sql, changed.key(key))).isOne();
    }
}
