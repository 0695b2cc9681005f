package dev.headroom.console.overview;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.stripe.StripeConnection;
import dev.headroom.time.Period;
import dev.headroom.usage.UsageHistories;
import dev.headroom.usage.UsageHistories.EventQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What somebody who has just begun does first; each step ticks itself off, and with the last they are gone. */
@Service
class FirstSteps {

    /** Usage that came in so long is enough to know that it comes. */
    private static final int LOOKED_BACK_DAYS = 30;

    private final Catalog catalog;
    private final StripeConnection stripe;
    private final UsageHistories histories;
    private final InstantSource clock;

    FirstSteps(Catalog catalog, StripeConnection stripe, UsageHistories histories, InstantSource clock) {
        this.catalog = catalog;
        this.stripe = stripe;
        this.histories = histories;
        this.clock = clock;
    }

    private record Step(boolean done, String what, String how, String address) {}

    /** Absent once a plan is sold and usage comes in: whoever stays with the stand-in for Stripe does so on purpose. */
    Optional<Component> left(Actor actor) {
        boolean sells = !catalog.snapshot().plans().isEmpty();
        boolean used = used(actor);
        if (sells && used) {
            return Optional.empty();
        }
        OrderedList list = new OrderedList();
        list.addClassName("card-list");
        List.of(
                        new Step(sells, translate("overview.step.plan"), translate("overview.step.plan.how"), "plans"),
                        new Step(stripe.base() == null, translate("overview.step.stripe"), translate("overview.step.stripe.how"), "stripe"),
                        new Step(used, translate("overview.step.usage"), translate("overview.step.usage.how"), "events"))
                .forEach(step -> list.add(item(step)));
        return Optional.of(list);
    }

    /** Counts of what came in are written down a little later than the events, and not of those that a vendor was loaded with. */
    private boolean used(Actor actor) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        EventQuery lately = new EventQuery(null, null, null, new Period(now.minus(EventQuery.LONGEST_OF_EVERYBODY), now));
        return !histories.events(actor, lately, null, 1).isEmpty() || histories.intake(actor, today.minusDays(LOOKED_BACK_DAYS), today.plusDays(1)).stream().anyMatch(day -> day.recorded() > 0);
    }

    private static ListItem item(Step step) {
        Span how = new Span(translate(step.done() ? "overview.step.done" : "overview.step.open", step.how()));
        how.addClassName("quiet");
        Div both = new Div(new Anchor(step.address(), step.what()), how);
        both.addClassName("stacked");
        Div sign = new Div((step.done() ? VaadinIcon.CHECK_CIRCLE : VaadinIcon.CIRCLE_THIN).create(), both);
        sign.addClassNames("sign", step.done() ? "yes" : "no");
        return new ListItem(sign);
    }
}
