package dev.headroom.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HeadroomTest
class NoticesTest {

    @Autowired
    Stories stories;

    @Autowired
    Notices notices;

    @Test
    void aLimitThatIsHitIsNotedOnceAnHour() {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "free", 0);
        consume(story, acme, 101);
        consume(story, acme, 102);
        notices.write();
        assertThat(hits(story, acme)).containsExactly("LIMIT_HIT 101");

        stories.pass(Duration.ofHours(1));
        consume(story, acme, 103);
        notices.write();
        assertThat(hits(story, acme)).containsExactly("LIMIT_HIT 103", "LIMIT_HIT 101");
    }

    private static void consume(Story story, String account, long quantity) {
        assertThat(story.backend().ask("mutation ($input: ConsumeInput!) { consume(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "account", account, "feature", story.key("calls"), "quantity", quantity))
                .text("/consume/__typename")).isEqualTo("UseDenied");
    }

    private static List<String> hits(Story story, String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { limitNotices { kind requested } } }", "key", account)
                .at("/account/limitNotices").valueStream().map(notice -> notice.at("/kind").asString() + " " + notice.at("/requested").asLong()).toList();
    }
}
