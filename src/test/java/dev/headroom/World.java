package dev.headroom;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.change.PlanChanges;
import dev.headroom.change.SubscriptionStarts;
import dev.headroom.identity.ApiKeys;
import dev.headroom.overage.Overages;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.stripe.StripeConnection;
import dev.headroom.stripe.StripeInbox;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.time.TravellingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** What stories share: the clock, the vendor's backend, a catalogue of its own for each story. */
@TestConfiguration(proxyBeanMethods = false)
public class World {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final AtomicInteger STORIES = new AtomicInteger();
    private static final String SHARED_CATALOG = "shared";

    @Bean
    @Primary
    TravellingClock travellingClock() {
        return new TravellingClock(START);
    }

    /** What is remembered for a second is remembered until a story lets one pass. */
    @Bean
    @Primary
    Ticker travellingTicker(TravellingClock clock) {
        return () -> ChronoUnit.NANOS.between(START, clock.instant());
    }

    @Bean
    StatementCounter statementCounter() {
        return new StatementCounter();
    }

    @Bean
    DefaultExecuteListenerProvider countingListener(StatementCounter counter) {
        return new DefaultExecuteListenerProvider(counter);
    }

    @Bean
    Interjection interjection() {
        return new Interjection();
    }

    @Bean
    DefaultExecuteListenerProvider interjecting(Interjection interjection) {
        return new DefaultExecuteListenerProvider(interjection);
    }

    @Bean
    Mortality mortality() {
        return new Mortality();
    }

    @Bean
    DefaultExecuteListenerProvider dying(Mortality mortality) {
        return new DefaultExecuteListenerProvider(mortality);
    }

    /** Everything that Headroom asks Stripe in a story, and every answer, is held against Stripe's own description. */
    @Bean
    StripeWireCheck wire(Sandbox sandbox) {
        return StripeWireCheck.before(sandbox.url());
    }

    @Bean
    @Primary
    StripeConnection checkedConnection(Sandbox sandbox, StripeWireCheck wire) {
        return new StripeConnection(sandbox.secretKey(), wire.url());
    }

    @Bean
    Wiring wiring() {
        return new Wiring();
    }

    @Bean
    Stories stories(
            TravellingClock clock, ApiKeys keys, ObjectProvider<Sandbox> sandbox, StripeInbox inbox, PlanChanges changes,
            SubscriptionStarts starts, Overages overages, WebServerApplicationContext server, DSLContext db) {
        return new Stories(clock, keys, sandbox.getObject(), inbox, changes, starts, overages, server, db, new AtomicBoolean());
    }

    /** Begins stories. */
    public record Stories(
            TravellingClock clock, ApiKeys keys, Sandbox sandbox, StripeInbox inbox, PlanChanges changes, SubscriptionStarts starts, Overages overages,
            WebServerApplicationContext server, DSLContext db, AtomicBoolean catalogMade) {

        /** With nobody as customer yet, and the catalogue that stories share, in which less brings credit however soon it comes after more. */
        public Story begin() {
            Story story = story(SHARED_CATALOG);
            return catalogMade.compareAndSet(false, true) ? story.withCatalog().crediting() : story;
        }

        /** For what changes a catalogue, or counts who bought of it. */
        public Story beginWithCatalogOfItsOwn() {
            return story(null).withCatalog();
        }

        /** Who was in an earlier story renews no more, and nobody looks after what waits there: else each month that passes in the last one is paid for by everybody before. */
        private Story story(@Nullable String catalog) {
            wholeSecond();
            db.execute("update sandbox.document set due_at = null where due_at is not null");
            db.execute("update change.plan_change set lease_until = '9999-12-31' where state in ('REQUESTED', 'ACTION_REQUIRED', 'CANCELING', 'SCHEDULED')");
            String number = String.valueOf(STORIES.incrementAndGet());
            return new Story(this, api(secret(Set.of(Permission.values()))), number, catalog == null ? number : catalog);
        }

        /** Stripe knows no parts of seconds, which an earlier story may have left. */
        private void wholeSecond() {
            Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            if (second.isBefore(clock.instant())) {
                clock.travelTo(second.plusSeconds(1));
            }
        }

        public Api api(String credential) {
            return new Api(url(), credential);
        }

        public String url() {
            return "http://localhost:" + server.getWebServer().getPort();
        }

        public String secret(Set<Permission> permissions, String... origins) {
            return keys.create(new Actor.System("test"), "test", permissions, Set.of(origins)).secret();
        }

        /** Time passes: what is due at Stripe happens, and Headroom hears of it. */
        public void pass(Duration duration) {
            clock.advance(duration);
            settle();
        }

        public void settle() {
            sandbox.catchUp();
            while (inbox.poll() > 0) {
                inbox.drain();
            }
            changes.sweep();
            starts.sweep();
        }
    }
}
