package dev.headroom.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account while its biography is being made up. */
final class Life {

    private static final double BUNDLED = 0.75;

    private final Company company;
    private final Instant arrival;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, List<Stretch>> products = new LinkedHashMap<>();
    private final List<Rise> rises = new ArrayList<>();
    private final Map<String, Double> paid = new HashMap<>();
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

    /** That it comes to pay more a month, or less; in dollars. */
    record Rise(Instant at, double by) {}

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

    /** What it paid a month just before an instant, in dollars. */
    double mrr(Instant at) {
        double mrr = 0;
        for (Rise rise : rises) {
            mrr += rise.at().isBefore(at) ? rise.by() : 0;
        }
        return mrr;
    }

    /** When it first pays: its trial is over then. */
    Instant pays() {
        return rises.getFirst().at();
    }

    /** When it first came to pay more; empty where it never did. */
    Optional<Instant> grew() {
        return rises.stream().skip(1).filter(rise -> rise.by() > 0).map(Rise::at).findFirst();
    }

    /** All by which it came to pay more, or less, between two instants, in the order of time; the first is what it began with. */
    List<Rise> rises(Instant from, Instant until) {
        return rises.stream().filter(rise -> !rise.at().isBefore(from) && rise.at().isBefore(until)).toList();
    }

    void start(Instant at, Holding holding, int trialDays) {
        steps.add(new Step.Start(at, holding, trialDays));
        products.put(holding.product(), new ArrayList<>());
        settled = at.plus(Duration.ofDays(trialDays));
        hold(at, holding, settled);
    }

    void change(Instant at, Holding to) {
        steps.add(new Step.Change(at, products.get(to.product()).getLast().holding(), to));
        hold(at, to, at);
    }

    /** Another way to hold something else of the only product. */
    void changed(Step.Affair by, Holding to) {
        steps.add(by);
        hold(by.at(), to, by.at());
    }

    private void hold(Instant at, Holding holding, Instant pays) {
        rises.add(new Rise(pays, rise(holding)));
        paid.put(holding.product(), price(holding));
        products.get(holding.product()).add(new Stretch(at, holding));
        settled = pays;
    }

    /** By how much more a month it would pay for something else of a product. */
    double rise(Holding choice) {
        return price(choice) - paid.getOrDefault(choice.product(), 0.0);
    }

    /** Enablement costs less for who has Launchpad when it is bought or changed. */
    private double price(Holding holding) {
        return holding.offering() == Offering.TEAM && products.containsKey(Offering.STARTER.product()) ? holding.mrr() * BUNDLED : holding.mrr();
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
