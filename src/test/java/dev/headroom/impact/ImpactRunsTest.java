package dev.headroom.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.HeadroomTest;
import dev.headroom.Mortality;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.ImpactReceipt;
import dev.headroom.catalog.PlanVersion.ImpactReceipt.Flaw;
import dev.headroom.error.HeadroomException;
import dev.headroom.impact.ImpactRun.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A run looks at everybody once, whoever works on it, however often somebody dies over it, in as many statements whatever is on a page. */
@HeadroomTest
class ImpactRunsTest {

    private static final Actor.System TEST = new Actor.System("test");
    private static final int ACCOUNTS = 7;

    @Autowired
    Stories stories;

    @Autowired
    Impacts impacts;

    @Autowired
    ImpactRuns runs;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    LinePages lines;

    @Autowired
    Catalog catalog;

    @Autowired
    StatementCounter statements;

    @Autowired
    Mortality mortality;

    @Autowired
    DSLContext db;

    private Story story;
    private Desk desk;

    @BeforeEach
    void sevenHaveBought() {
        while (runs.step(ImpactRuns.PAGE)) { }
        story = stories.beginWithCatalogOfItsOwn();
        desk = new Desk(story);
        desk.sell();
        IntStream.rangeClosed(1, ACCOUNTS).forEach(seats -> desk.bought("of" + seats, "USD", Map.of("seats", seats)));
    }

    private ImpactRun begun(String monthly) {
        return impacts.byId(TEST, UUID.fromString(desk.preview(desk.next(monthly))));
    }

    private void whole(ImpactRun run) {
        ImpactRun ended = impacts.byId(TEST, run.id());
        assertThat(ended.state()).isEqualTo(State.DONE);
        assertThat(ended.done()).isEqualTo(ACCOUNTS);
        assertThat(ended.summary().accounts()).isEqualTo(ACCOUNTS);
        assertThat(ended.summary().totals().getFirst().mrrBefore().minor()).isEqualTo(28 * 1_000);
        assertThat(ended.summary().totals().getFirst().mrrAfter().minor()).isEqualTo(28 * 1_500);
        assertThat(lines.page(TEST, run.id(), null, null, null, 100).lines()).extracting(ImpactLine::account).doesNotHaveDuplicates().hasSize(ACCOUNTS);
    }

    @Test
    void whoeverComesNextGoesOnWhereSomebodyDied() {
        boolean lived = false;
        for (int sent = 0; !lived; sent += 2) {
            ImpactRun run = begun("1500");
            lived = lives(sent);
            int known = impacts.byId(TEST, run.id()).done();
            assertThat(known).as("%d statements", sent).isEqualTo(lines.page(TEST, run.id(), null, null, null, 100).lines().size());
            while (runs.step(2)) { }
            whole(run);
        }
    }

    private boolean lives(int sent) {
        try {
            mortality.dyingAfter(sent, () -> {
                while (runs.step(2)) { }
                return true;
            });
            return true;
        } catch (Mortality.Death died) {
            return false;
        }
    }

    @Test
    void twoWhoAskAtOnceGetOneRunAndTwoWhoWorkOnItDoNoLineTwice() throws Exception {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            PlanVersion next = begun("1500").next();
            while (runs.step(ImpactRuns.PAGE)) { }
            List<Future<ImpactRun>> asked = two.invokeAll(List.of(ask(next), ask(next)));
            ImpactRun run = asked.getFirst().get();
            assertThat(asked.getLast().get().id()).isEqualTo(run.id());
            for (Future<Boolean> worked : two.invokeAll(List.<Callable<Boolean>>of(this::work, this::work))) {
                worked.get();
            }
            work();
            whole(run);
        }
    }

    private Callable<ImpactRun> ask(PlanVersion next) {
        return () -> impacts.start(TEST, UUID.randomUUID().toString(), next);
    }

    private boolean work() {
        while (runs.step(1)) { }
        return true;
    }

    @Test
    void aPageTakesAsManyStatementsHoweverManyAreOnIt() {
        begun("1500");
        int small = statements.during(() -> runs.step(2));
        work();
        begun("1600");
        int large = statements.during(() -> runs.step(ACCOUNTS));
        work();

        assertThat(large).isEqualTo(small).isLessThanOrEqualTo(11);
        ImpactRun run = begun("1700");
        work();
        assertThat(statements.during(() -> lines.page(TEST, run.id(), LinePages.Kind.RISES, null, null, 5))).isEqualTo(2);
    }

    @Test
    void whatCannotBeComputedFailsAndSaysWhy() {
        ImpactRun run = begun("1500");
        db.execute("update impact.run set version = '{}' where id = ?", run.id());
        IntStream.range(0, 3).forEach(_ -> runs.step(ImpactRuns.PAGE));

        assertThat(db.fetchValue("select state || ': ' || failure from impact.run where id = ?", run.id()).toString()).startsWith("FAILED: It could not be computed");
        db.execute("delete from impact.run where id = ?", run.id());
    }

    @Test
    void theLinesOfARunThatADecisionNamesStayWithThat() {
        ImpactRun run = begun("1500");
        work();
        transaction.executeWithoutResult(_ -> assertThat(impacts.named(TEST, run.id())).isEqualTo(impacts.byId(TEST, run.id()).summary()));
        stories.clock().advance(Duration.ofDays(400));
        runs.forget();

        assertThat(impacts.byId(TEST, run.id()).linesKept()).isTrue();
        assertThat(lines.page(TEST, run.id(), null, null, null, 100).lines()).hasSize(ACCOUNTS);
    }

    @Test
    void linesAreForgottenAndTheirSumsKept() {
        ImpactRun run = begun("1500");
        work();
        runs.forget();
        assertThat(lines.page(TEST, run.id(), null, null, null, 100).lines()).hasSize(ACCOUNTS);
        stories.clock().advance(Duration.ofDays(8));
        runs.forget();

        assertThat(lines.page(TEST, run.id(), null, null, null, 100).lines()).isEmpty();
        ImpactRun kept = impacts.byId(TEST, run.id());
        assertThat(kept.linesKept()).isFalse();
        assertThat(kept.summary().totals()).isEqualTo(impacts.byId(TEST, run.id()).summary().totals()).isNotEmpty();
        assertThat(desk.impact(run.id().toString(), "csv").at("/csv").isNull()).isTrue();
    }

    @Test
    void aReceiptIsOfAWholeRunAndOfItsContentAlone() {
        ImpactRun run = begun("1500");
        assertThatThrownBy(() -> impacts.receipt(TEST, run.id())).isInstanceOf(HeadroomException.class);
        work();
        ImpactReceipt receipt = impacts.receipt(TEST, run.id());
        PlanVersion onSale = catalog.snapshot().onSale(run.next().plan()).orElseThrow();
        Instant then = run.beganAt();

        assertThat(receipt.flaw(run.next(), onSale, then)).isEmpty();
        assertThat(receipt.flaw(begun("1501").next(), onSale, then)).contains(Flaw.OTHER_CONTENT);
        assertThat(receipt.flaw(onSale, onSale, then)).contains(Flaw.OTHER_CONTENT);
        assertThat(receipt.flaw(run.next(), null, then)).contains(Flaw.OTHER_ON_SALE);
        assertThat(receipt.flaw(run.next(), onSale, then.plusSeconds(1))).contains(Flaw.TOO_OLD);
        work();
    }
}
