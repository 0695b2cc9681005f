package dev.headroom.subscription;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import dev.headroom.account.Member;
import dev.headroom.account.MemberState;
import dev.headroom.account.Members;
import dev.headroom.actor.Actor;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.subscription.Seats.Holder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Who holds a seat. */
@Controller
class SeatHolderController {

    private static final int LARGEST_PAGE = 100;
    private static final String BETWEEN = "/";

    private final Seats seats;
    private final Members members;

    SeatHolderController(Seats seats, Members members) {
        this.seats = seats;
        this.members = members;
    }

    record Page(List<Edge> edges, Info pageInfo) {}

    record Edge(Seat node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    /** A seat with the member who holds it. */
    record Seat(Member member, Instant assignedAt, @Nullable String assignedBy) {

        public boolean pending() {
            return member.state() == MemberState.INVITED;
        }

        public @Nullable Instant lastActiveAt() {
            return member.lastActiveAt();
        }
    }

    @SchemaMapping(typeName = "Seats")
    Page holders(SeatCount count, @Argument int first, @Argument @Nullable String after, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        List<Holder> found = seats.page(actor, count.subscription(), after == null ? null : holder(after), first + 1);
        List<Holder> shown = found.stream().limit(first).toList();
        Map<UUID, Member> known = members.byIds(actor, count.subscription().account(), shown.stream().map(Holder::member).toList());
        List<Edge> edges = shown.stream()
                .map(each -> new Edge(new Seat(Objects.requireNonNull(known.get(each.member())), each.assignedAt(), each.assignedBy()), cursor(each)))
                .toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()));
    }

    @BatchMapping(typeName = "Seats")
    Map<SeatCount, Long> pending(List<SeatCount> of, @ContextValue Actor actor) {
        List<AccountId> accounts = of.stream().map(count -> count.subscription().account()).distinct().toList();
        List<UUID> invited = members.invited(actor, accounts);
        Map<SubscriptionId, Long> held = invited.isEmpty() ? Map.of() : seats.held(actor, accounts, invited);
        return of.stream().distinct().collect(toMap(Function.identity(), count -> held.getOrDefault(count.subscription().id(), 0L)));
    }

    /** Says the place itself and not who stands there, so that a page goes on where a seat was given back. */
    private static String cursor(Holder last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((last.assignedAt() + BETWEEN + last.member()).getBytes(StandardCharsets.UTF_8));
    }

    private static Holder holder(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(BETWEEN);
            if (parts.length == 2 && Ids.parse(parts[1]).isPresent()) {
                return new Holder(Ids.parse(parts[1]).orElseThrow(), Instant.parse(parts[0]), null);
            }
        } catch (IllegalArgumentException | DateTimeException malformed) {
            // The same answer as for any other text.
        }
        throw HeadroomException.invalid("after", "Expected the endCursor of the page before");
    }
}
