package dev.headroom.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/test_helpers/test_clocks}: time that stands still for some customers until it is advanced. */
final class TestClocks {

    private static final String URL = "/v1/test_helpers/test_clocks";
    private static final Duration KEPT = Duration.ofDays(30);

    private TestClocks() {}

    static void addTo(Routes routes) {
        routes.post(URL, TestClocks::create);
        routes.get(URL, TestClocks::list);
        routes.get(URL + "/{id}", call -> call.session().load(Kind.TEST_CLOCK, call.id(), "test_clock"));
        routes.post(URL + "/{id}/advance", TestClocks::advance);
        routes.delete(URL + "/{id}", TestClocks::delete);
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        ObjectNode clock = Skeletons.of(Kind.TEST_CLOCK, Tokens.id(Kind.TEST_CLOCK), session.now());
        clock.put("frozen_time", call.parameters().requireInteger("frozen_time")).put("name", call.parameters().text("name"));
        Json.put(clock, "deletes_after", session.now().plus(KEPT));
        session.create(clock);
        return clock;
    }

    private static ObjectNode list(Call call) {
        Page page = Page.read(call.parameters());
        return page.list(URL, call.session().documents().page(Kind.TEST_CLOCK, null, List.of(), page));
    }

    /** The clock only begins to advance here; whoever lets time pass does what is due and makes it ready. */
    private static ObjectNode advance(Call call) {
        Session session = call.session();
        session.lock(call.id());
        ObjectNode clock = session.load(Kind.TEST_CLOCK, call.id(), "test_clock");
        Instant now = Json.instant(clock, "frozen_time");
        Instant target = call.parameters().require("frozen_time", call.parameters().time("frozen_time"));
        if (!"ready".equals(Json.text(clock, "status"))) {
            throw StripeError.invalid(null, null, "Test clock advancement underway - cannot advance it again before it is ready.");
        }
        if (!target.isAfter(now)) {
            throw StripeError.invalid(null, "frozen_time", "A test clock can only be advanced to a later time.");
        }
        if (target.isAfter(farthest(session, call.id(), now))) {
            throw StripeError.invalid(null, "frozen_time", "A test clock can be advanced by at most two intervals of its shortest subscription, "
                    + "or by two years when it has none.");
        }
        clock.put("status", "advancing");
        Json.put(((ObjectNode) clock.path("status_details")).putObject("advancing"), "target_frozen_time", target);
        session.save(clock);
        session.announce("test_helpers.test_clock.advancing", clock);
        return clock;
    }

    private static Instant farthest(Session session, String clock, Instant now) {
        List<String> running = List.of(Kind.term("test_clock", clock), Kind.term("ended", "false"));
        return session.documents().all(Kind.SUBSCRIPTION, null, running).stream().flatMap(subscription -> Item.of(subscription).stream())
                .map(item -> new Recurrence(item.recurrence().unit(), 2 * item.recurrence().count()).around(now, now).until())
                .min(Comparator.naturalOrder()).orElseGet(() -> now.atZone(ZoneOffset.UTC).plusYears(2).toInstant());
    }

    /** Its customers go with it. */
    private static ObjectNode delete(Call call) {
        Session session = call.session();
        session.lock(call.id());
        ObjectNode clock = session.load(Kind.TEST_CLOCK, call.id(), "test_clock");
        if (!"ready".equals(Json.text(clock, "status"))) {
            throw StripeError.invalid(null, null, "Test clock advancement underway - cannot delete it before it is ready.");
        }
        session.documents().all(Kind.CUSTOMER, null, List.of(Kind.term("test_clock", call.id())))
                .forEach(customer -> Customers.delete(session, Json.required(customer, "id")));
        session.delete(clock);
        return Json.object().put("id", call.id()).put("object", Kind.TEST_CLOCK.object()).put("deleted", true);
    }
}
