package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.error.HeadroomException;
import dev.headroom.usage.UsageHistories.EventMark;
import dev.headroom.usage.UsageHistories.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as GraphQL hands them out, a page at a time. */
record EventPage(List<Edge> edges, Info pageInfo) {

    private static final String BETWEEN = " ";
    /** A page goes on at the same place whichever account it is of. */
    private static final AccountId NOBODYS = new AccountId(new UUID(0, 0));

    record Edge(RecordedEvent node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    /** @param found one more than a page holds tells that another follows */
    static EventPage of(List<RecordedEvent> found, int first) {
        List<Edge> edges = found.stream().limit(first).map(event -> new Edge(event, cursor(event.mark()))).toList();
        return new EventPage(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()));
    }

    private static String cursor(EventMark mark) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((Columns.micros(mark.at()) + BETWEEN + mark.id()).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws HeadroomException INVALID_INPUT for what no page ended with */
    static @Nullable EventMark mark(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
            int between = text.indexOf(BETWEEN);
            Instant at = Instant.EPOCH.plus(Long.parseLong(text.substring(0, Math.max(0, between))), ChronoUnit.MICROS);
            return new EventMark(at, NOBODYS, text.substring(between + 1));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException forged) {
            throw HeadroomException.invalid("after", "Expected the endCursor of the page before");
        }
    }
}
