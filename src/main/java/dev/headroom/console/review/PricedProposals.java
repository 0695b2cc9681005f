package dev.headroom.console.review;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.review.Review.Proposal;
import dev.headroom.quote.Alternative;
import dev.headroom.quote.Alternatives;
import dev.headroom.quote.Alternatives.Compared;
import dev.headroom.quote.Quote;
import dev.headroom.shown.ShownQuote;
import dev.headroom.value.ValueCase;
import dev.headroom.value.ValueCases;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What an account's subscriptions could be instead: quotes that can be accepted, and what each is worth. */
@Component
class PricedProposals {

    /** As many as are talked about. */
    private static final int MOST = 5;

    private final Alternatives alternatives;
    private final ValueCases values;

    PricedProposals(Alternatives alternatives, ValueCases values) {
        this.alternatives = alternatives;
        this.values = values;
    }

    /** What is recommended comes first, then what brings more, the cheapest first. */
    List<Proposal> of(Actor actor, Account account, CatalogSnapshot known) {
        Compared compared = Objects.requireNonNull(alternatives.of(actor, List.of(account.id()), null).get(account.id()));
        List<Priced> priced = compared.options().stream().flatMap(each -> each.quote() instanceof Quote quote ? Stream.of(new Priced(each, quote, ShownQuote.of(quote, known))) : Stream.empty())
                .filter(each -> each.alternative.recommended() || each.more() > 0)
                .sorted(Comparator.comparing((Priced each) -> !each.alternative.recommended()).thenComparing(Priced::more))
                .limit(MOST)
                .toList();
        Map<UUID, ValueCase> worth = values.of(actor, priced.stream().map(Priced::quote).toList());
        return priced.stream().map(each -> new Proposal(each.alternative, each.quote, each.shown, worth.get(each.quote.id()))).toList();
    }

    private record Priced(Alternative alternative, Quote quote, ShownQuote shown) {

        long more() {
            return shown.after().mrr().minus(shown.before().mrr()).minor();
        }
    }
}
