package dev.headroom.story;

import dev.headroom.Mortality;
import dev.headroom.Story;
import dev.headroom.stripe.UnreliablePost;
import dev.headroom.story.RandomStoriesLife.Weather;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Accounts that live at the same time, on one clock and with one post. Each has its own chance, so that one can be told again without the others. */
final class RandomStoriesCohort {

    static final int LIVES = Integer.getInteger("stories.lives", 48);
    private static final int ROUNDS = 12;
    /** More would only wait for each other's processors and connections. */
    private static final int AT_ONCE = 12;
    private static final int DRAINING = 3;
    /** One vendor in so many cannot be reached by Stripe, and fetches its events. */
    private static final int POLLING = 6;
    /** Longer than events belong to whoever took them. */
    private static final Duration TAKEN = Duration.ofSeconds(31);
    private static final int MOST_STATEMENTS = 300;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> STRUCK = List.of("POST /v1/subscriptions/*", "GET /v1/subscriptions/*", "POST /v1/invoices/create_preview",
            "POST /v1/subscription_schedules*", "POST /v1/invoices/*/void", "POST /v1/subscriptions", "GET /v1/invoice_payments*", "* /v1/*");
    private static final List<String> FAULTS = List.of("rate_limit", "lock_timeout", "server_error&when=before", "server_error&when=after",
            "connection_reset&when=before", "connection_reset&when=after");

    private final RandomStoriesCast cast;
    private final long seed;
    private final SplittableRandom random;
    private final Story story;
    private final List<RandomStoriesLife> lives;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private Weather worst = Weather.FAIR;
    private boolean waitedInVain;

    RandomStoriesCohort(RandomStoriesCast cast, Story catalog, long seed) {
        this.cast = cast;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        Story begun = cast.stories().begin();
        this.story = new Story(begun.world(), begun.backend(), begun.number(), catalog.catalog());
        Integer only = Integer.getInteger("stories.only");
        this.lives = IntStream.range(0, LIVES).filter(i -> only == null || only == i)
                .mapToObj(i -> new RandomStoriesLife(cast, story, "life" + i, new SplittableRandom(seed * 1_000 + i))).toList();
    }

    Map<String, Integer> outcomes() {
        Map<String, Integer> outcomes = new TreeMap<>();
        lives.forEach(life -> life.outcomes().forEach((outcome, times) -> outcomes.merge(outcome, times, Integer::sum)));
        return outcomes;
    }

    int size() {
        return lives.size();
    }

    /** The stories in which something happened that is told with these words. */
    List<String> about(String words) {
        return lives.stream().map(RandomStoriesLife::told).filter(told -> told.contains(words)).toList();
    }

    void tell() {
        try (UnreliablePost post = seed % POLLING == 0
                ? UnreliablePost.onStrike(cast.headroom(), seed, cast.stories().clock().instant()) : UnreliablePost.before(cast.headroom(), seed)) {
            all(RandomStoriesLife::begin);
            List<Duration> pauses = IntStream.range(0, ROUNDS).mapToObj(_ -> random.nextInt(4) == 0
                    ? Duration.ofSeconds(random.nextLong(1, 90)) : Duration.ofSeconds(random.nextLong(3_600, 3_600 * 24 * 20))).toList();
            for (int round = 0; round < ROUNDS; round++) {
                act(post, sweeps(pauses.subList(round, ROUNDS)));
                pass(post, pauses.get(round));
            }
            post.becomeReliable();
            worst = Weather.FAIR;
            pass(post, Duration.ofMinutes(10));
            all(RandomStoriesLife::end);
        }
    }

    /** When somebody makes what has come due by then. */
    private List<Instant> sweeps(List<Duration> pauses) {
        List<Instant> sweeps = new ArrayList<>();
        Instant at = cast.stories().clock().instant();
        for (Duration pause : pauses) {
            at = at.plus(pause);
            sweeps.add(at);
        }
        return sweeps;
    }

    /** One round in three is stormy, one in three has workers that die. */
    private void act(UnreliablePost post, List<Instant> sweeps) {
        worst = Weather.values()[random.nextInt(3)];
        long chance = random.nextLong();
        if (worst == Weather.STORM) {
            storm(new SplittableRandom(chance));
        }
        all(life -> {
            SplittableRandom luck = new SplittableRandom(chance ^ life.name().hashCode());
            if (luck.nextInt(3) > 0) {
                life.act(worst != Weather.DEADLY || luck.nextInt(3) == 0 ? worst : Weather.FAIR, sweeps);
            }
        });
        if (worst == Weather.STORM) {
            faults("DELETE", "");
        }
        lives.forEach(life -> life.customer().ifPresent(customer -> post.call(customer, life.name())));
    }

    private void storm(SplittableRandom chance) {
        for (int i = 0; i < LIVES / 8; i++) {
            String body = "operation=" + URLEncoder.encode(STRUCK.get(chance.nextInt(STRUCK.size())), StandardCharsets.UTF_8) + "&kind=" + FAULTS.get(chance.nextInt(FAULTS.size()))
                    + "&times=" + chance.nextInt(1, 5);
            faults("POST", body);
        }
        if (!waitedInVain) {
            // Once in each life of theirs somebody waits for an answer until he gives up: it takes as long as that.
            waitedInVain = true;
            faults("POST", "operation=" + URLEncoder.encode("POST /v1/subscriptions*", StandardCharsets.UTF_8) + "&kind=timeout&times=1&when=" + (chance.nextBoolean() ? "before" : "after"));
        }
    }

    private void faults(String method, String body) {
        HttpRequest request = HttpRequest.newBuilder(cast.stories().sandbox().url().resolve("/_sandbox/faults")).method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + cast.stories().sandbox().secretKey()).header("Content-Type", "application/x-www-form-urlencoded").build();
        try {
            int status = HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("No fault for " + body + ": " + status);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private void pass(UnreliablePost post, Duration duration) {
        cast.stories().clock().advance(duration);
        settle(post);
        Set<String> late = post.waitingFor();
        all(life -> life.look(life.customer().filter(late::contains).isEmpty()));
    }

    private void settle(UnreliablePost post) {
        cast.stories().sandbox().catchUp();
        while (post.bring(cast.stories().sandbox())) {
            if (worst == Weather.DEADLY) {
                dieOverTheInbox();
            }
            at(IntStream.range(0, DRAINING).<Runnable>mapToObj(_ -> cast.inbox()::drain).toList());
        }
        cast.changes().sweep();
        cast.starts().sweep();
        while (post.bring(cast.stories().sandbox())) {
            cast.inbox().drain();
        }
    }

    /** What it had taken, whoever comes half a minute later finds. */
    private void dieOverTheInbox() {
        try {
            cast.mortality().dyingAfter(random.nextInt(MOST_STATEMENTS), cast.inbox()::drain);
        } catch (Mortality.Death died) {
            cast.stories().clock().advance(TAKEN);
        }
    }

    private void all(Consumer<RandomStoriesLife> deed) {
        at(lives.stream().<Runnable>map(life -> () -> {
            places.acquireUninterruptibly();
            try {
                deed.accept(life);
            } catch (Throwable failure) {
                throw new AssertionError("-Dstories.only=" + life.name().substring(4) + ": " + life.told(), failure);
            } finally {
                places.release();
            }
        }).toList());
    }

    /** Does it all, and fails as the first of those that fail. */
    private static void at(List<Runnable> deeds) {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            deeds.forEach(deed -> running.add(threads.submit(deed)));
        }
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof AssertionError told ? told : new AssertionError(failed.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }
}
