package dev.headroom.change;

import dev.headroom.Headroom;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.time.TravellingClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A second Headroom on the same database and the same Stripe, without its web: it waits for one command, carries it out and dies in the middle. */
final class DyingProcess {

    private DyingProcess() {}

    /**
     * Arguments: database, Stripe's key, Stripe's address, the instant. Then it reads lines until there are no more: where to die, the instant it is,
     * and {@code change TOKEN KEY}, {@code cancel ACCOUNT CHANGE KEY}, {@code reorder ACCOUNT FIRST SECOND KEY}, {@code level}, {@code sweep}, {@code begin TOKEN KEY} or
     * {@code start ACCOUNT PLAN KEY}, a word a line; nothing at all to rehearse.
     */
    public static void main(String[] arguments) throws IOException {
        TravellingClock clock = new TravellingClock(Instant.parse(arguments[3]));
        ConfigurableApplicationContext headroom = new SpringApplicationBuilder(Headroom.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .initializers(context -> ((GenericApplicationContext) context).registerBean(TravellingClock.class, () -> clock))
                .run(
                        "--headroom.database-url=" + arguments[0],
                        "--headroom.stripe-key=" + arguments[1],
                        "--headroom.stripe-base=" + arguments[2],
                        "--headroom.data=" + System.getProperty("headroom.data"),
                        "--headroom.jobs=false",
                        "--spring.liquibase.enabled=false",
                        "--headroom.demo=false",
                        "--spring.autoconfigure.exclude=com.vaadin.flow.spring.SpringBootAutoConfiguration,"
                                + "com.vaadin.flow.spring.SpringSecurityAutoConfiguration,com.vaadin.flow.spring.VaadinScopesConfig");
        PlanChanges changes = headroom.getBean(PlanChanges.class);
        PlanChangeCancellations cancellations = headroom.getBean(PlanChangeCancellations.class);
        ScheduledChanges scheduled = headroom.getBean(ScheduledChanges.class);
        SubscriptionStarts starts = headroom.getBean(SubscriptionStarts.class);
        BundleLevels levels = headroom.getBean(BundleLevels.class);
        List<String> command = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).lines().toList();
        if (!command.isEmpty()) {
            System.setProperty("headroom.halt-at", command.get(0));
            clock.travelTo(Instant.parse(command.get(1)));
            carryOut(command.subList(2, command.size()), changes, cancellations, scheduled, starts, levels);
        }
        System.exit(0);
    }

    private static void carryOut(
            List<String> command, PlanChanges changes, PlanChangeCancellations cancellations, ScheduledChanges scheduled, SubscriptionStarts starts,
            BundleLevels levels) {
        Actor actor = new Actor.System("dying");
        switch (command.get(0)) {
            case "change" -> changes.change(actor, new ChangePlan(command.get(1), command.get(2)));
            case "cancel" -> cancellations.cancel(actor, new AccountId(UUID.fromString(command.get(1))), UUID.fromString(command.get(2)), command.get(3));
            case "reorder" -> scheduled.reorder(actor, new AccountId(UUID.fromString(command.get(1))),
                    new ScheduledChanges.ReorderPlanChanges(command.get(4), null, command.subList(2, 4), null));
            case "level" -> levels.sweep();
            case "begin" -> starts.start(actor, new StartSubscription(command.get(2), null, command.get(1), null, null, null, null));
            case "sweep" -> changes.sweep();
            case String start -> starts.start(actor, new StartSubscription(command.get(3), command.get(1), null, command.get(2), null, null, null));
        }
    }
}
