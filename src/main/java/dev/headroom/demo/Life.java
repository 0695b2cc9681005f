package dev.headroom.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account while its biography is being made up. */
final class Life {

    private final Company company;
    private final Instant arrival;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, List<Stretch>> products = new LinkedHashMap<>();
    private Instant settled;

    Life(Company company, Instant arrival) {
        this.company = company;
        this.arrival = arrival;
        this.settled = arrival;
        steps.add(new Step.Open(arrival, company));
        steps.add(new Step.AddCard(arrival, "pm_card_visa"));
    }

    /** What was held of a product from some time on. */
    record Stretch(Instant from, Holding holding) {}

    Company company() {
        return company;
    }

    Instant arrival() {
        return arrival;
    }

    List<Step> steps() {
        return steps;
    }

    /** What was held over time, by product. */
    Map<String, List<Stretch>> products() {
        return products;
    }

    List<Holding> holdings() {
        return products.values().stream().map(stretches -> stretches.getLast().holding()).toList();
    }

    Optional<Holding> holding(String product) {
        return Optional.ofNullable(products.get(product)).map(stretches -> stretches.getLast().holding());
    }

    double mrr() {
        return holdings().stream().mapToDouble(Holding::mrr).sum();
    }

    void start(Instant at, Holding holding, int trialDays) {
        products.computeIfAbsent(holding.product(), _ -> new ArrayList<>()).add(new Stretch(at, holding));
        steps.add(new Step.Start(at, holding, trialDays));
        settled = at.plus(Duration.ofDays(trialDays));
    }

    void change(Instant at, Holding to) {
        List<Stretch> stretches = products.get(to.product());
        steps.add(new Step.Change(at, stretches.getLast().holding(), to));
        stretches.add(new Stretch(at, to));
        settled = at;
    }

    /** Another way to hold something else of the only product. */
    void changed(Step.Affair by, Holding to) {
        steps.add(by);
        products.get(to.product()).add(new Stretch(by.at(), to));
        settled = by.at();
    }

    /** Starts what is new, changes what is there. */
    void take(Instant at, Holding holding) {
        if (products.containsKey(holding.product())) {
            change(at, holding);
        } else {
            start(at, holding, 0);
        }
    }

    /** Whether nothing has happened for so long, and no trial runs. */
    boolean settledFor(Duration time, Instant at) {
        return !settled.plus(time).isAfter(at);
    }
}
