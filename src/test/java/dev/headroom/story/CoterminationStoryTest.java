package dev.headroom.story;

import static dev.headroom.story.StartDesk.due;
import static dev.headroom.story.StartDesk.lines;
import static dev.headroom.story.StartDesk.part;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A second product is started so that its periods end with the first one's, for exactly what was quoted for the rest of the first. */
@HeadroomTest
class CoterminationStoryTest {

    private static final long A_MONTH = 400_000;
    private static final long A_YEAR = 4_000_000;

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    private Story story;
    private StartDesk desk;

    @BeforeEach
    void aVendorOfTwoProducts() {
        story = stories.begin();
        desk = new StartDesk(story, stripe, accounts, subscriptions).early().besideAnotherProduct();
    }

    @Test
    void theFirstChargeIsForTheRestOfTheOthersPeriodAsOfTheQuotedSecond() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        AccountSubscription other = desk.of(acme, "suite");
        JsonNode quote = desk.quote(acme, with(other, Map.of()));

        Instant at = Instant.parse(quote.at("/quotedAt").asString());
        assertThat(quote.at("/coterminatedWith/id").asString()).isEqualTo(other.id().toString());
        assertThat(period(quote)).isEqualTo(new Period(at, other.period().until()));
        assertThat(quote.at("/lines").size()).isEqualTo(1);
        assertThat(lines(quote)).containsExactly("CHARGE " + part(A_MONTH, other.period(), at));
        assertThat(quote.at("/lines/0/description").asString()).startsWith("100 × walks until ");
        assertThat(quote.at("/lines/0/explanation").asString()).startsWith("400000 × ");
        assertThat(quote.at("/source").asString()).isEqualTo("HEADROOM");
        assertThat(quote.at("/verified").asBoolean()).isTrue();
        assertThat(quote.at("/recurring/amountMinor").asLong()).isEqualTo(A_MONTH);
        assertThat(quote.at("/nextInvoice/at").asString()).isEqualTo(other.period().until().toString());
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(A_MONTH);

        stories.clock().advance(Duration.ofMinutes(10));
        desk.requireStarted(desk.accept(quote));
        AccountSubscription begun = desk.of(acme, "guide");
        assertThat(begun.period()).isEqualTo(new Period(at, other.period().until()));
        assertThat(desk.billed(begun)).as("what was quoted, and not what is left ten minutes later").containsExactly(due(quote));

        stories.pass(Duration.between(stories.clock().instant(), other.period().until()).plusHours(1));
        stories.settle();
        assertThat(desk.of(acme, "guide").period()).isEqualTo(desk.of(acme, "suite").period());
        assertThat(desk.billed(begun)).containsExactly(due(quote), A_MONTH);
    }

    @Test
    void whatIsChangedInTheFirstPeriodIsBilledForWhatIsLeftOfItsCycle() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        JsonNode quote = desk.quote(acme, with(desk.of(acme, "suite"), Map.of()));
        desk.requireStarted(desk.accept(quote));
        stories.pass(Duration.ofDays(3));

        JsonNode change = story.quote(story.backend(), acme, Map.of("product", story.key("guide"), "seats", 150)).at("/account/quote");
        Period rest = new Period(Instant.parse(change.at("/quotedAt").asString()), desk.of(acme, "suite").period().until());
        assertThat(change.at("/lines/0/amount/amountMinor").asLong()).as("of what was charged for the rest, what is left of it")
                .isEqualTo(-part(due(quote), period(quote), rest.from()));
        assertThat(change.at("/lines/1/amount/amountMinor").asLong()).isEqualTo(part(600_000, desk.of(acme, "suite").period(), rest.from()));
        assertThat(story.accept(change.at("/token").asString()).at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(due(change));
        assertThat(desk.billed(desk.of(acme, "guide"))).containsExactly(due(quote), due(change));

        JsonNode less = story.quote(story.backend(), acme, Map.of("product", story.key("guide"), "seats", 50)).at("/account/quote");
        assertThat(less.at("/effectiveAt").asString()).isEqualTo(desk.of(acme, "suite").period().until().toString());
        assertThat(story.accept(less.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("SCHEDULED");
        stories.pass(Duration.between(stories.clock().instant(), desk.of(acme, "suite").period().until()).plusHours(1));
        stories.settle();
        assertThat(desk.billed(desk.of(acme, "guide"))).as("what waits for the first period's end").containsExactly(due(quote), due(change), A_MONTH / 2);
        assertThat(desk.of(acme, "guide").period()).isEqualTo(desk.of(acme, "suite").period());
    }

    @Test
    void besideAYearAMonthEndsOnTheNextDayOnWhichBothCanBeBilled() throws StripeException {
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        story.start(acme, Map.of("plan", story.key("team"), "seats", 5, "interval", "YEAR")).at("/startSubscription/subscription");
        stories.pass(Duration.ofDays(40));
        AccountSubscription other = desk.of(acme, "suite");
        JsonNode quote = desk.quote(acme, with(other, Map.of()));

        Period cycle = other.anchor().periodContaining(Interval.MONTH, Instant.parse(quote.at("/quotedAt").asString()));
        assertThat(period(quote).until()).isEqualTo(cycle.until());
        assertThat(due(quote)).isEqualTo(part(A_MONTH, cycle, period(quote).from()));
        desk.requireStarted(desk.accept(quote));
        assertThat(desk.billed(desk.of(acme, "guide"))).containsExactly(due(quote));
    }

    @Test
    void besideAMonthAYearBeginsWithTheOthersNextRenewal() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        AccountSubscription other = desk.of(acme, "suite");
        JsonNode quote = desk.quote(acme, with(other, Map.of("interval", "YEAR")));

        Period cycle = new Period(other.period().until().atOffset(ZoneOffset.UTC).minusYears(1).toInstant(), other.period().until());
        assertThat(period(quote).until()).isEqualTo(other.period().until());
        assertThat(due(quote)).isEqualTo(part(A_YEAR, cycle, period(quote).from()));
        desk.requireStarted(desk.accept(quote));
        stories.pass(Duration.between(stories.clock().instant(), other.period().until()).plusHours(1));
        assertThat(desk.billed(desk.of(acme, "guide"))).containsExactly(due(quote), A_YEAR);
    }

    @Test
    void whatItShallEndWithMustGoOn() {
        String acme = story.subscribed("acme", "team", 5);
        String id = desk.of(acme, "suite").id().toString();
        story.accept(story.token(acme, Map.of("cancelAtPeriodEnd", true))).at("/changePlan/change");
        assertThat(desk.refused(acme, desk.walks(Map.of("coterminateWith", id)))).startsWith("OTHER_ENDS The other subscription ends at ");
        story.accept(story.token(acme, Map.of("cancelAtPeriodEnd", false))).at("/changePlan/change");
        assertThat(desk.quote(acme, desk.walks(Map.of("coterminateWith", id))).at("/__typename").asString()).isEqualTo("StartQuote");
        story.accept(story.token(acme, Map.of("cancel", true, "when", "NOW"))).at("/changePlan/change");
        assertThat(desk.refused(acme, desk.walks(Map.of("coterminateWith", id)))).startsWith("OTHER_NOT_ACTIVE");

        String tried = story.account("tried");
        story.start(tried, Map.of("plan", story.key("starter"), "trialDays", 14)).at("/startSubscription/subscription");
        assertThat(desk.refused(tried, with(desk.of(tried, "suite"), Map.of()))).startsWith("OTHER_IN_TRIAL");
    }

    @Test
    void whatItShallEndWithMustBePaid() {
        String late = story.subscribed("late", "team", 5);
        Instant renewal = desk.of(late, "suite").period().until();
        story.card(late, "pm_card_chargeCustomerFail");
        stories.clock().advance(Duration.between(stories.clock().instant(), renewal));
        assertThat(desk.refused(late, with(desk.of(late, "suite"), Map.of()))).as("Stripe has not billed the next one yet").startsWith("OTHER_RENEWING");
        stories.pass(Duration.ofHours(2));
        assertThat(desk.refused(late, with(desk.of(late, "suite"), Map.of()))).startsWith("OTHER_UNPAID");
    }

    @Test
    void anothersSubscriptionIsNoneAndATrialHasItsOwnEnd() {
        String acme = story.subscribed("acme", "team", 5);
        String other = story.subscribed("other", "team", 5);
        AccountSubscription theirs = desk.of(other, "suite");

        assertThat(desk.wrong(story.backend(), acme, with(theirs, Map.of()))).isEqualTo("NOT_FOUND start.coterminateWith");
        assertThat(desk.wrong(story.backend(), acme, desk.walks(Map.of("coterminateWith", "nothing")))).isEqualTo("NOT_FOUND start.coterminateWith");
        assertThat(desk.wrong(story.backend(), acme, with(desk.of(acme, "suite"), Map.of("trialDays", 14)))).isEqualTo("INVALID_INPUT start.trialDays");
        assertThat(desk.quote(acme, Map.of("plan", story.key("pro"), "coterminateWith", theirs.id().toString())).at("/__typename").asString())
                .as("a second one of the same product is none").isEqualTo("AlreadySubscribed");
    }

    @Test
    void whereTheOtherIsNotWhatItWasTheQuoteIsStale() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        JsonNode quote = desk.quote(acme, with(desk.of(acme, "suite"), Map.of()));
        story.accept(story.token(acme, Map.of("cancelAtPeriodEnd", true))).at("/changePlan/change");

        Api.Answer refused = desk.accept(quote);
        assertThat(refused.text("/startSubscription/why")).isEqualTo("SUBSCRIPTIONS_CHANGED");
        assertThat(refused.text("/startSubscription/freshQuote/rule")).isEqualTo("OTHER_ENDS");
        assertThat(desk.running(acme)).isEqualTo(1);
    }

    @Test
    void aQuoteEndsWithTheFirstPeriod() {
        String acme = story.subscribed("acme", "team", 5);
        AccountSubscription other = desk.of(acme, "suite");
        Instant tenMinutesBefore = other.period().until().minus(Duration.ofMinutes(10));
        stories.clock().advance(Duration.between(stories.clock().instant(), tenMinutesBefore));
        JsonNode quote = desk.quote(acme, with(other, Map.of()));

        assertThat(quote.at("/expiresAt").asString()).isEqualTo(other.period().until().toString());
        assertThat(due(quote)).isEqualTo(part(A_MONTH, other.period(), Instant.parse(quote.at("/quotedAt").asString())));
        stories.pass(Duration.ofMinutes(10));
        stories.settle();
        Api.Answer late = desk.accept(quote);
        assertThat(late.text("/startSubscription/why")).isEqualTo("EXPIRED");
        assertThat(late.at("/startSubscription/freshQuote/dueNow/amountMinor").asLong()).as("a whole month").isGreaterThan(A_MONTH - 1_000);
    }

    @Test
    void whatWouldEndTogetherOnlyOnceIsRefused() {
        Instant now = stories.clock().instant();
        LocalDate last = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
        while (last.getDayOfMonth() < 31 || last.plusMonths(1).getDayOfMonth() == 31) {
            last = last.plusDays(1);
        }
        stories.pass(Duration.between(now, last.atTime(12, 0).toInstant(ZoneOffset.UTC)));
        String acme = story.subscribed("acme", "team", 5);

        assertThat(desk.refused(acme, with(desk.of(acme, "suite"), Map.of()))).startsWith("PERIODS_WOULD_PART");
    }

    private Map<String, Object> with(AccountSubscription other, Map<String, Object> more) {
        Map<String, Object> wanted = desk.walks(more);
        wanted.put("coterminateWith", other.id().toString());
        return wanted;
    }

    private static Period period(JsonNode quote) {
        return new Period(Instant.parse(quote.at("/period/from").asString()), Instant.parse(quote.at("/period/until").asString()));
    }
}
