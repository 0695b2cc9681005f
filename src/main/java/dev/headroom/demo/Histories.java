package dev.headroom.demo;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells biographies, noting each step that was told, so that an interrupted history goes on where it stopped. */
final class Histories {

    private static final Logger LOG = LoggerFactory.getLogger(Histories.class);
    private static final int ATTEMPTS = 3;

    private final VendorRepository progress;
    private final Journeys journeys;
    private final Arrivals arrivals;
    private final Changes changes;
    private final Affairs affairs;
    private final Everydays everydays;
    private final DemoUsages usages;

    Histories(
            VendorRepository progress, Journeys journeys, Arrivals arrivals, Changes changes, Affairs affairs, Everydays everydays, DemoUsages usages) {
        this.progress = progress;
        this.journeys = journeys;
        this.arrivals = arrivals;
        this.changes = changes;
        this.affairs = affairs;
        this.everydays = everydays;
        this.usages = usages;
    }

    /** @return whether it came to the end; false when told to stop */
    boolean tell(Vendor vendor, BooleanSupplier stopped, IntConsumer accountsDone) {
        Map<String, Integer> told = progress.told();
        List<Biography> biographies = vendor.biographies();
        for (int i = 0; i < biographies.size(); i++) {
            Biography biography = biographies.get(i);
            int done = told.getOrDefault(biography.company().key(), 0);
            if (done <= biography.steps().size()) {
                tellOrLeave(vendor, biography, done, stopped);
            }
            if (stopped.getAsBoolean()) {
                return false;
            }
            accountsDone.accept(i + 1);
        }
        return true;
    }

    /** One account that cannot go on stays where it is; the others do. */
    private void tellOrLeave(Vendor vendor, Biography biography, int done, BooleanSupplier stopped) {
        String account = biography.company().key();
        int next = done;
        try {
            for (; next < biography.steps().size() && !stopped.getAsBoolean(); next++) {
                tell(account, biography.steps().get(next), "demo:" + account + ":" + next, next == done && done > 0);
                progress.told(account, next + 1);
            }
            if (!stopped.getAsBoolean()) {
                journeys.travel(account, vendor.endedAt());
                progress.told(account, biography.steps().size() + 1);
            }
        } catch (RuntimeException failed) {
            if (!stopped.getAsBoolean()) {
                LOG.warn("The demo account {} stays as it is before step {} of {}", account, next, biography.steps().size(), failed);
            }
        }
    }

    private void tell(String account, Step step, String key, boolean resumed) {
        if (step instanceof Step.Open(var at, Company company)) {
            journeys.begin(at);
            arrivals.open(company, key);
            return;
        }
        if (resumed) {
            journeys.finishInterrupted(step.at());
        }
        journeys.travel(account, step.at());
        for (int attempt = 1; !done(account, step, key); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("It is still being carried out by somebody else");
            }
            journeys.finishInterrupted(step.at());
        }
    }

    private boolean done(String account, Step step, String key) {
        return switch (step) {
            case Step.Start start -> {
                journeys.bought(account);
                yield arrivals.start(account, start, key);
            }
            case Step.Change change -> {
                journeys.bought(account);
                yield changes.change(account, change);
            }
            case Step.Open open -> throw new IllegalStateException("Accounts open once: " + open);
            case Step.AddCard card -> {
                arrivals.addCard(account, card, key);
                yield true;
            }
            case Step.Affair affair -> {
                journeys.bought(account);
                yield affairs.carryOut(account, affair, key);
            }
            case Step.Everyday everyday -> {
                everydays.live(account, everyday, key);
                yield true;
            }
            case Step.Use use -> {
                usages.record(use.events());
                yield true;
            }
        };
    }
}
