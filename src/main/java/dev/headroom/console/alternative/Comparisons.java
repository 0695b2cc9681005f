package dev.headroom.console.alternative;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Product;
import dev.headroom.console.alternative.Comparison.Option;
import dev.headroom.quote.Alternative;
import dev.headroom.quote.Alternatives.Compared;
import dev.headroom.quote.Alternatives;
import dev.headroom.quote.Quote;
import dev.headroom.shown.ShownQuote;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.value.ValueCase;
import dev.headroom.value.ValueCases;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the modules for what a comparison shows. */
@Component
class Comparisons {

    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Seats seats;
    private final Catalog catalog;
    private final Alternatives alternatives;
    private final ValueCases values;
    private final InstantSource clock;

    Comparisons(
            Accounts accounts, Subscriptions subscriptions, Seats seats, Catalog catalog, Alternatives alternatives, ValueCases values, InstantSource clock) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.seats = seats;
        this.catalog = catalog;
        this.alternatives = alternatives;
        this.values = values;
        this.clock = clock;
    }

    /**
     * What a page is about.
     *
     * @param subscription absent where none of the product runs
     */
    record Subject(Account account, Product product, @Nullable AccountSubscription subscription) {}

    /** @throws dev.headroom.error.HeadroomException NOT_FOUND */
    Subject subject(Actor actor, String account, String product) {
        Account found = accounts.meant(actor, account);
        Product sold = catalog.snapshot().requireProduct("product", product);
        return new Subject(found, sold, subscriptions.live(actor, found.id()).stream().filter(each -> each.product().equals(sold.id())).findFirst().orElse(null));
    }

    /** @param address which ones, as they were written; absent means the neighbours */
    Comparison of(Actor actor, Account account, AccountSubscription subscription, Optional<String> address) {
        CatalogSnapshot known = catalog.snapshot();
        long held = seats.held(actor, List.of(account.id())).getOrDefault(subscription.id(), 0L);
        Candidates candidates = Candidates.of(address, subscription, held, known);
        if (candidates.chosen().isEmpty()) {
            return new Comparison(account, subscription, held, known, candidates, List.of(), Optional.empty());
        }
        String product = known.product(subscription.product()).key();
        Compared compared = Objects.requireNonNull(alternatives
                .of(actor, List.of(account.id()), candidates.chosen().stream().map(each -> each.change(product)).toList())
                .get(account.id()));
        List<Quote> quotes = compared.options().stream().flatMap(Comparisons::quote).toList();
        Map<UUID, ValueCase> worth = values.of(actor, quotes);
        List<Option> options = compared.options().stream()
                .map(each -> option(candidates.chosen().get(each.position()), each, worth, known))
                .toList();
        return new Comparison(account, subscription, held, known, candidates, options, compared.recommendations().stream().findFirst());
    }

    private Option option(Candidate candidate, Alternative alternative, Map<UUID, ValueCase> worth, CatalogSnapshot known) {
        Optional<Quote> quote = quote(alternative).findFirst();
        return new Option(
                candidate, alternative, quote.map(each -> ShownQuote.of(each, known)).orElse(null), quote.map(each -> worth.get(each.id())).orElse(null),
                quote.map(values::breakEvens).orElse(List.of()));
    }

    private static Stream<Quote> quote(Alternative alternative) {
        return alternative.quote() instanceof Quote quote ? Stream.of(quote) : Stream.empty();
    }

    /** Whether it could still be accepted. */
    boolean stands(Quote quote) {
        return clock.instant().isBefore(quote.expiresAt());
    }
}
