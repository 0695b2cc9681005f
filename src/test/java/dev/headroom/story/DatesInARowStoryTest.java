package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Dates one after the other, through months of any length: each is billed for its second what was promised when those before it were known. */
@HeadroomTest
class DatesInARowStoryTest {

    private static final Duration A_WHILE = Duration.ofHours(2);

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    private DateDesk desk;

    /** The last of January has no day in February, and one again in March. */
    @Test
    void monthsThatAreShorterThanTheirFirstDayAreBilledByTheirOwnLength() {
        LocalDate last = beganOnTheLastOfJanuary();
        Instant february = noon(last.plusMonths(1));
        Instant march = noon(last.plusMonths(2));
        Instant april = noon(last.plusMonths(3));
        assertThat(desk.until()).isEqualTo(february);
        assertThat(march.atZone(ZoneOffset.UTC).getDayOfMonth()).isEqualTo(31);
        Instant within = february.minus(Duration.ofDays(9)).plusSeconds(17);
        Instant after = march.minus(Duration.ofDays(10)).plusSeconds(19);
        Instant later = march.plus(Duration.ofDays(20)).plusSeconds(23);

        JsonNode first = desk.quote(within, Map.of("seats", 7));
        assertThat(desk.scheduled(first)).isTrue();
        JsonNode second = desk.quote(after, Map.of("seats", 11));
        assertThat(desk.scheduled(second)).isTrue();
        JsonNode third = desk.quote(later, Map.of("plan", desk.story().key("pro")));
        assertThat(desk.scheduled(third)).isTrue();
        assertThat(total(first)).isEqualTo(Duration.between(noon(last), february).toSeconds());
        assertThat(total(second)).isEqualTo(Duration.between(february, march).toSeconds());
        assertThat(total(third)).isEqualTo(Duration.between(march, april).toSeconds());

        desk.pass(within.plusSeconds(3));
        desk.pass(february.plus(A_WHILE));
        desk.pass(after.plusSeconds(3));
        desk.pass(march.plus(A_WHILE));
        desk.pass(later.plusSeconds(3));
        desk.pass(april.plus(A_WHILE));

        assertThat(desk.states()).containsOnly("APPLIED");
        assertThat(desk.amounts()).containsExactly(
                11 * 4_900L, DateDesk.due(third), 11 * 2_500L, DateDesk.due(second), 7 * 2_500L, DateDesk.due(first), 5 * 2_500L);
        assertThat(desk.until()).isEqualTo(noon(last.plusMonths(4)));
    }

    /** Nobody swept in between. */
    @Test
    void twoThatComeDueTogetherAreMadeInTheirOrderEachAsQuoted() {
        begin();
        Instant date = desk.until().plus(Duration.ofDays(10)).plusSeconds(17);
        Instant soon = date.plus(Duration.ofHours(3));
        JsonNode second = desk.quote(soon, Map.of("plan", desk.story().key("pro")));
        String later = desk.accept(second).text("/changePlan/change/id");
        JsonNode first = desk.quote(date, Map.of("seats", 9));
        long anew = first.at("/later/0/due/amountMinor").asLong();
        assertThat(anew).isGreaterThan(DateDesk.due(second));
        String earlier = desk.accept(first).text("/changePlan/change/id");
        assertThat(desk.queue()).containsExactly(earlier, later);

        desk.pass(soon.plus(A_WHILE));

        assertThat(desk.states()).containsExactly("APPLIED", "APPLIED");
        assertThat(desk.amounts()).containsExactly(anew, DateDesk.due(first), 12_500L, 12_500L);
        assertThat(desk.subscription().at("/plan/key").asString()).isEqualTo(desk.story().key("pro"));
        assertThat(desk.subscription().at("/seats/bought").asLong()).isEqualTo(9);
    }

    /** Both are of the running period by then; what is taken back there is nothing that the second can count on. */
    @Test
    void whatIsTakenBackWithinThePeriodIsNotCountedByWhatComesAfterIt() {
        begin();
        new StartDesk(desk.story(), stripe, accounts, subscriptions).offer("suite", "lasting", Map.of("percentOff", "20", "duration", "FOREVER"));
        Instant date = desk.until().plus(Duration.ofDays(10)).plusSeconds(17);
        String reduction = desk.accept(desk.quote(date, Map.of("offer", desk.story().key("lasting")))).text("/changePlan/change/id");
        JsonNode reduced = desk.quote(date.plus(Duration.ofDays(2)), Map.of("plan", desk.story().key("pro")));
        assertThat(desk.scheduled(reduced)).isTrue();
        desk.pass(desk.until().plus(A_WHILE));

        assertThat(desk.cancel(reduction)).isEqualTo("PlanChangeCanceled");
        long whole = desk.subscription().at("/scheduledChanges/0/due/amountMinor").asLong();
        assertThat(whole).isGreaterThan(DateDesk.due(reduced));
        desk.pass(date.plus(Duration.ofDays(2)).plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED", "CANCELED");
        assertThat(desk.amounts().getFirst()).isEqualTo(whole);
    }

    /** The first was promised for fewer seats by then than the second one is for: what is declined is not counted on. */
    @Test
    void whereTheFirstOfTwoThatComeDueTogetherCannotBeMadeTheSecondIsMadeOfWhatIsThere() {
        begin();
        Instant date = desk.until().plus(Duration.ofDays(10)).plusSeconds(17);
        assertThat(desk.scheduled(desk.quote(date, Map.of("seats", 9)))).isTrue();
        assertThat(desk.scheduled(desk.quote(date.plus(Duration.ofHours(3)), Map.of("plan", desk.story().key("starter"))))).isTrue();
        desk.pass(desk.until().plus(A_WHILE));
        desk.card("pm_card_chargeCustomerFail");

        desk.pass(date.plus(Duration.ofHours(5)));

        assertThat(desk.states()).containsExactly("APPLIED", "DECLINED");
        assertThat(desk.subscription().at("/plan/key").asString()).isEqualTo(desk.story().key("starter"));
    }

    private void begin() {
        Story story = stories.begin();
        desk = new DateDesk(story, stripe, accounts, subscriptions, story.subscribed("acme", "team", 5));
        stories.pass(Duration.ofDays(1));
    }

    /** The clock goes on to the next one. */
    private LocalDate beganOnTheLastOfJanuary() {
        Story story = stories.begin();
        LocalDate today = stories.clock().instant().atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate last = LocalDate.of(today.isBefore(LocalDate.of(today.getYear(), 1, 31)) ? today.getYear() : today.getYear() + 1, 1, 31);
        stories.clock().travelTo(noon(last));
        desk = new DateDesk(story, stripe, accounts, subscriptions, story.subscribed("acme", "team", 5));
        stories.pass(Duration.ofDays(1));
        return last;
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    private static long total(JsonNode quote) {
        return quote.at("/lines/0/seconds/total").asLong();
    }
}
