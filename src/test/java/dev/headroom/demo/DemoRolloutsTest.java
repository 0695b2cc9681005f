package dev.headroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.impact.LookedAtWhole;
import dev.headroom.rollout.Moving;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.Rollouts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The demo vendor's roll-out moves who pays in dollars, and nobody else, and is begun once. */
@HeadroomTest
class DemoRolloutsTest {

    private static final Actor READER = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    DemoRollouts demo;

    @Autowired
    Rollouts rollouts;

    @Autowired
    ApplicationContext context;

    @Test
    void itIsBegunOnceHoweverOftenItIsGoneOnWith() {
        Story story = stories.beginWithCatalogOfItsOwn();
        story.subscribed("acme", "starter", 0);
        String plan = story.key("starter");
        assertThat(demo.goOn(plan)).as("prices are written first").isFalse();
        assertThat(demo.goOn(plan)).as("then everybody is looked at").isFalse();
        LookedAtWhole.by(context);
        assertThat(demo.goOn(plan)).isTrue();
        assertThat(demo.goOn(plan)).isTrue();
        Moving.on(context, 10);
        List<Rollout> begun = rollouts.page(READER, null, plan, null, 10);
        assertThat(begun).hasSize(1);
        Counts counts = rollouts.counts(READER, List.of(begun.getFirst().id())).get(begun.getFirst().id());
        assertThat(counts.moved()).isEqualTo(1);
        assertThat(begun.getFirst().mostRisePercent()).isEqualTo(10);
    }

    @Test
    void oneAccountIsSoldAPlanForASixthLess() {
        Story story = stories.beginWithCatalogOfItsOwn();
        String account = story.account("halcyon");
        assertThat(demo.agreed(story.key("starter"), "nobody-" + story.number())).as("without the account there is nothing to do").isTrue();
        assertThat(demo.agreed(story.key("starter"), account)).as("prices are written first").isFalse();
        assertThat(demo.agreed(story.key("starter"), account)).isTrue();
        assertThat(demo.agreed(story.key("starter"), account)).isTrue();
        assertThat(story.backend().ask("query ($key: String!) { plan(key: $key) { account { key } versions { number } onSale { prices { summary } } } }",
                "key", story.key("starter") + "-" + account).at("/plan").toString()).contains(account, "$82.00 a month", "$825.00 a year").doesNotContain("\"number\":2");
    }
}
