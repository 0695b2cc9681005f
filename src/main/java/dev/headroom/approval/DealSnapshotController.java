package dev.headroom.approval;

import dev.headroom.money.Money;
import dev.headroom.shown.ShownQuote;
import dev.headroom.shown.ShownQuote.Next;
import java.time.Instant;
import java.util.Optional;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** What a deal shows of its quote. */
@Controller
@SchemaMapping(typeName = "DealSnapshot")
class DealSnapshotController {

    @SchemaMapping
    Money recurringBefore(ShownQuote shown) {
        return shown.before().total();
    }

    @SchemaMapping
    Money recurringAfter(ShownQuote shown) {
        return shown.after().total();
    }

    @SchemaMapping
    Money mrrBefore(ShownQuote shown) {
        return shown.before().mrr();
    }

    @SchemaMapping
    Money mrrAfter(ShownQuote shown) {
        return shown.after().mrr();
    }

    @SchemaMapping
    Optional<Instant> nextAt(ShownQuote shown) {
        return Optional.ofNullable(shown.next()).map(Next::at);
    }

    @SchemaMapping
    Optional<Money> nextDue(ShownQuote shown) {
        return Optional.ofNullable(shown.next()).map(Next::due);
    }
}
