package dev.headroom.change;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.subscription.Subscriptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/**
 * Somebody begins something in a process of its own, which is killed over it, and somebody else finds what it left. What every one of these
 * stories has.
 */
@HeadroomTest
abstract class KilledProcess {

    static final int KILLED = 137;
    /** Longer than a change belongs to the process that began it. */
    static final Duration LEASE_OVER = Duration.ofMinutes(3);

    private static @Nullable DyingProcesses processes;

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    DSLContext db;

    @Autowired
    Environment environment;

    /** Where those die who are killed where most is at stake; at length ({@code -Dkills.all=true}) everywhere. */
    static Stream<HaltingPoint> points() {
        return Boolean.getBoolean("kills.all") ? Stream.of(HaltingPoint.values()) : Stream.of(HaltingPoint.AFTER_STRIPE);
    }

    int die(HaltingPoint point, String... command) throws IOException, InterruptedException {
        if (processes == null) {
            processes = new DyingProcesses(List.of(
                    String.valueOf(environment.getProperty("headroom.database-url")), stories.sandbox().secretKey(), stories.sandbox().url().toString(),
                    stories.clock().instant().toString()));
        }
        return processes.die(Stream.concat(Stream.of(point.name(), stories.clock().instant().toString()), Stream.of(command)).toList());
    }

    @AfterAll
    static void needNoMore() {
        if (processes != null) {
            processes.close();
            processes = null;
        }
    }

    static List<String> states(Story story, String account) {
        return changes(story, account).valueStream().map(change -> change.at("/state").asString()).toList();
    }

    static JsonNode changes(Story story, String account) {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { planChanges { state due { amountMinor } charged { amountMinor } } } }""", "key", account)
                .at("/account/planChanges");
    }

    static long seats(Story story, String account) {
        Api.Answer answer = story.backend().ask("query ($key: String) { account(key: $key) { subscription { seats { bought } } } }", "key", account);
        return answer.at("/account/subscription/seats/bought").asLong();
    }

    int invoices(String account) throws StripeException {
        return amounts(account).size();
    }

    /** What is due of each invoice, the newest first. */
    List<Long> amounts(String account) throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer(account)).build()).getData().stream().map(Invoice::getAmountDue).toList();
    }

    String customer(String account) {
        return String.valueOf(accounts.meant(new Actor.System("test"), account).stripeCustomer());
    }
}
