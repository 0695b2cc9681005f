package dev.headroom.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HeadroomTest
class IdentitiesTest {

    @Autowired
    Stories stories;

    @Autowired
    Holds holds;

    @Autowired
    Identities identities;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccount() {
        story = stories.begin();
        acme = story.subscribed("acme", "free", 0);
    }

    @Test
    void anIdThatComesBackAfterFiveWeeksIsANewOne() {
        assertThat(reserve()).isEqualTo("false");
        assertThat(reserve()).isEqualTo("true");
        stories.pass(Duration.ofDays(35));
        sweep();
        assertThat(reserve()).as("not yet").isEqualTo("true");

        stories.pass(Duration.ofMinutes(6));
        sweep();
        assertThat(reserve()).isEqualTo("false");
    }

    private void sweep() {
        holds.expire();
        identities.forget();
    }

    private String reserve() {
        return story.backend().ask("""
                mutation ($input: ReserveInput!) { reserve(input: $input) { ... on Reserved { repeated } } }""",
                "input", Map.of("idempotencyKey", "job", "account", acme, "feature", story.key("calls"), "quantity", 8)).text("/reserve/repeated");
    }
}
