package dev.headroom.demo;

import dev.headroom.account.MemberState;
import dev.headroom.demo.Life.Stretch;
import dev.headroom.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What goes on at an account between its decisions: people join and take seats, meters run. */
final class Routine {

    /** Shorter than the 35 days after which an event is refused. */
    private static final Duration CHAPTER = Duration.ofDays(30);

    private final Life life;
    private final Dice dice;
    private final Instant end;
    private final List<String> firstNames;
    private final List<String> lastNames;
    private final List<Person> people = new ArrayList<>();
    private final List<Metering> meterings = new ArrayList<>();
    private final List<Step> steps;

    Routine(Life life, Dice dice, Instant end, List<String> firstNames, List<String> lastNames) {
        this.life = life;
        this.dice = dice;
        this.end = end;
        this.firstNames = firstNames;
        this.lastNames = lastNames;
        this.steps = told();
    }

    Company company() {
        return life.company();
    }

    /** Everything in the order of time; the decisions first where it is the same. */
    List<Step> steps() {
        return steps;
    }

    /** What is used after the history. */
    Stream<UsageEvent> usesAfterwards(Instant since, Instant until) {
        return meterings.stream().flatMap(metering -> metering.afterwards(since, until).stream());
    }

    private List<Step> told() {
        List<Step> told = new ArrayList<>(life.steps());
        life.products().forEach((product, stretches) -> {
            told.addAll(joining(product, stretches));
            stretches.getFirst().holding().offering().meter().ifPresent(meter -> {
                Metering metering = new Metering(life, meter, stretches, dice, end);
                meterings.add(metering);
                told.addAll(metering.steps());
            });
        });
        working(told).ifPresent(told::add);
        told.sort(Comparator.comparing(Step::at));
        return told;
    }

    /** Most people were there within the last days, some not for weeks; of some the vendor has never told, and who was only invited has not come. */
    private Optional<Step> working(List<Step> told) {
        Map<String, Instant> last = new HashMap<>();
        told.stream().filter(Step.Join.class::isInstance).map(Step.Join.class::cast).forEach(join -> join.people().forEach(person -> {
            int number = people.indexOf(person);
            Instant seen = end.minus(Duration.ofHours(number % 4 == 1 ? 24L * (20 + 13 * number % 60) : 7L * number % 60));
            if (person.state() == MemberState.ACTIVE && number % 8 != 6) {
                last.putIfAbsent(person.key(), seen.isBefore(join.at()) ? join.at() : seen);
            }
        }));
        return last.isEmpty() ? Optional.empty() : Optional.of(new Step.Work(end, last));
    }

    /** Each chapter more people have seats, never more than the account will have bought at any later time. */
    private List<Step> joining(String product, List<Stretch> stretches) {
        boolean seated = stretches.getFirst().holding().people() > 0;
        Instant first = stretches.getFirst().from();
        long chapters = Duration.between(first, end).dividedBy(CHAPTER);
        double last = fullAtTheEnd(product);
        List<Step> steps = new ArrayList<>();
        int joined = 0;
        for (long chapter = 0; chapter <= chapters; chapter++) {
            Instant at = first.plus(CHAPTER.multipliedBy(chapter)).plusSeconds(3600);
            double full = chapters == 0 ? last : 0.4 + (last - 0.4) * chapter / chapters;
            int wanted = seated ? (int) Math.round(places(stretches, at) * full) : 2;
            if (wanted > joined && at.isBefore(end)) {
                steps.add(new Step.Join(at, seated ? product : null, IntStream.range(joined, wanted).mapToObj(this::person).toList()));
                joined = wanted;
            }
        }
        return steps;
    }

    private double fullAtTheEnd(String product) {
        return switch (life.company().key()) {
            case "acme" -> 0.9;
            case "initech" -> 0.96;
            case Cast.OVERFULL -> 0.6;
            case String other -> dice.between(0.5, 0.95);
        };
    }

    private int places(List<Stretch> stretches, Instant at) {
        return life.company().key().equals(Cast.OVERFULL) ? stretches.getFirst().holding().people() : least(stretches, at);
    }

    /** The fewest places from a time on. */
    private static int least(List<Stretch> stretches, Instant at) {
        int least = Integer.MAX_VALUE;
        for (int i = stretches.size() - 1; i >= 0; i--) {
            least = Math.min(least, stretches.get(i).holding().people());
            if (!stretches.get(i).from().isAfter(at)) {
                break;
            }
        }
        return least;
    }

    /** The same person for the same number, whichever product they come for. */
    private Person person(int number) {
        while (people.size() <= number) {
            String first = dice.pick(firstNames);
            String last = dice.pick(lastNames);
            String local = first.toLowerCase(java.util.Locale.ROOT) + "." + last.toLowerCase(java.util.Locale.ROOT);
            boolean taken = people.stream().anyMatch(other -> other.key().equals(local));
            String key = taken ? local + people.size() : local;
            people.add(new Person(key, first + " " + last, life.company().email(key), people.size() % 11 == 10 ? MemberState.INVITED : MemberState.ACTIVE));
        }
        return people.get(number);
    }
}
