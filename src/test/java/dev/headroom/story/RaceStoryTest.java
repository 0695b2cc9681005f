package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;

/** Two people of one customer buy seats at the same moment: neither is lost, and neither pays for the other. */
@HeadroomTest
class RaceStoryTest {

    private static final int MONTH = 12_500;

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    private Story story;
    private String acme;

    /** One of the two: what it wants, and what it was promised. */
    private record Buyer(long seats, String key, String token, long due) {}

    @BeforeEach
    void anAccountWithFiveSeatsHalfwayThroughItsMonth() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
    }

    @RepeatedTest(4)
    void oneWinsAndTheOtherReachesItsOwnTargetFromTheFreshQuote() throws Exception {
        List<Buyer> buyers = List.of(buyer(8), buyer(6));

        List<Api.Answer> answers = atOnce(buyers);

        List<String> told = answers.stream().map(answer -> answer.text("/changePlan/__typename")).toList();
        assertThat(told).containsOnlyOnce("PlanChanged").isSubsetOf("PlanChanged", "QuoteIsStale", "ChangeInProgress");
        Buyer winner = buyers.get(told.indexOf("PlanChanged"));
        Buyer loser = buyers.get(1 - told.indexOf("PlanChanged"));
        assertThat(charged(answers.get(told.indexOf("PlanChanged")))).isEqualTo(winner.due());
        assertThat(seats()).isEqualTo(winner.seats());
        assertThat(paid()).isEqualTo(MONTH + winner.due());

        // Told that a change is in progress, one asks again with the same key; told that the quote is stale, one hears the same once more.
        Api.Answer stale = story.accept(story.backend(), loser.token(), loser.key());
        assertThat(stale.text("/changePlan/why")).isEqualTo("SUBSCRIPTION_CHANGED");
        long fresh = stale.at("/changePlan/freshQuote/dueNow/amountMinor").asLong();
        assertThat(paid()).isEqualTo(MONTH + winner.due());

        Api.Answer changed = story.accept(stale.text("/changePlan/freshQuote/token"));
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(charged(changed)).isEqualTo(fresh);
        assertThat(seats()).isEqualTo(loser.seats());
        assertThat(paid()).isEqualTo(MONTH + winner.due() + fresh);
    }

    private Buyer buyer(long seats) {
        Api.Answer quote = story.quote(story.backend(), acme, Map.of("seats", seats, "when", "NOW"));
        return new Buyer(
                seats, story.key("buys-" + seats), quote.text("/account/quote/token"), quote.at("/account/quote/dueNow/amountMinor").asLong());
    }

    private List<Api.Answer> atOnce(List<Buyer> buyers) throws Exception {
        CyclicBarrier together = new CyclicBarrier(buyers.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> running = buyers.stream().map(buyer -> threads.submit(() -> {
                together.await();
                return story.accept(story.backend(), buyer.token(), buyer.key());
            })).toList();
            return List.of(running.get(0).get(), running.get(1).get());
        }
    }

    private static long charged(Api.Answer changed) {
        return changed.at("/changePlan/change/charged/amountMinor").asLong();
    }

    private long seats() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { seats { bought } } } }", "key", acme)
                .at("/account/subscription/seats/bought").asLong();
    }

    /** What Stripe took from the customer altogether. */
    private long paid() throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).build()).getData().stream()
                .mapToLong(Invoice::getAmountPaid).sum();
    }
}
