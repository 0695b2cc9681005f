package dev.headroom.change;

import dev.headroom.Headroom;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.time.TravellingClock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A second Headroom on the same database and the same Stripe, without its web: it carries out one command and dies in the middle. */
final class DyingProcess {

    private DyingProcess() {}

    /**
     * Arguments: database, Stripe's key, Stripe's address, the instant, then {@code change TOKEN KEY},
     * {@code cancel ACCOUNT CHANGE KEY} or {@code start ACCOUNT PLAN KEY}.
     */
    public static void main(String[] arguments) {
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
        Actor actor = new Actor.System("dying");
        switch (arguments[4]) {
            case "change" -> headroom.getBean(PlanChanges.class).change(actor, new ChangePlan(arguments[5], arguments[6]));
            case "cancel" -> headroom.getBean(PlanChangeCancellations.class).cancel(
                    actor, new AccountId(UUID.fromString(arguments[5])), UUID.fromString(arguments[6]), arguments[7]);
            case String start -> headroom.getBean(SubscriptionStarts.class).start(
                    actor, new StartSubscription(arguments[7], arguments[5], arguments[6], null, null, null));
        }
        System.exit(0);
    }
}
