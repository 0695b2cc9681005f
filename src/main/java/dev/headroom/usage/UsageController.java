package dev.headroom.usage;

import dev.headroom.actor.Actor;
import dev.headroom.usage.UsageOutcome.UsageRecorded;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

@Controller
class UsageController {

    private final Usages usages;

    UsageController(Usages usages) {
        this.usages = usages;
    }

    record Batch(List<UsageEvent> events) {}

    record Answer(List<UsageOutcome> outcomes, long recorded) {}

    @MutationMapping
    Answer recordUsage(@Argument Batch input, @ContextValue Actor actor) {
        List<UsageOutcome> outcomes = usages.record(actor, input.events());
        return new Answer(outcomes, outcomes.stream().filter(UsageRecorded.class::isInstance).count());
    }
}
