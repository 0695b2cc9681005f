package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PriceId;
import dev.headroom.identity.SigningKey.Purpose;
import dev.headroom.identity.SignedTokens;
import dev.headroom.money.Money;
import dev.headroom.quote.QuoteClaims.Amounts;
import dev.headroom.quote.TokenBill.Both;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Writes and reads tokens {@code quote.<key>.<claims>.<signature>}. */
@Service
class QuoteTokens {

    private static final String PREFIX = "quote";

    private final SignedTokens tokens;

    QuoteTokens(SignedTokens tokens) {
        this.tokens = tokens;
    }

    /** An item of the terms; {@code i} is absent for one that comes new, {@code b} where no bundle reduces it. */
    private record Sold(@Nullable UUID i, UUID p, long n, @Nullable UUID b) {

        static Sold of(ItemTerms terms) {
            return new Sold(terms.item(), terms.price().value(), terms.quantity(), Optional.ofNullable(terms.bundle()).map(BundleId::value).orElse(null));
        }

        ItemTerms terms() {
            return new ItemTerms(i, new PriceId(p), n, Optional.ofNullable(b).map(BundleId::new).orElse(null));
        }
    }

    /**
     * The claims in short; instants are whole seconds.
     *
     * @param offers     absent for none
     * @param unprorated absent where it is not so
     * @param total      absent in tokens of before it was promised, which are taken for expired: they live for minutes
     * @param own        what we reckoned to be due, and {@code ownTotal} in all; absent where that is what is promised
     * @param told       what Stripe said; absent where it was not asked
     * @param over       present where the subscription ends at once
     * @param ends       the second of an end at a date
     * @param with       the subscription with whose next period a new one begins
     */
    private record Payload(
            UUID q, UUID a, UUID s, long v, RequestedChange ask, When when, List<Sold> items, boolean renews, @Nullable List<UUID> offers, @Nullable Boolean unprorated, long at, long until, long due, @Nullable Long total, @Nullable Long own,
            @Nullable Long ownTotal, @Nullable Both told, @Nullable Boolean over, @Nullable Long ends, @Nullable UUID with, String currency) {

        static Payload of(QuoteClaims claims) {
            return new Payload(
                    claims.quote(), claims.account().value(), claims.subscription().value(), claims.version(),
                    claims.change(), claims.when(), claims.terms().items().stream().map(Sold::of).toList(), claims.terms().renews(),
                    claims.terms().offers().isEmpty() ? null : claims.terms().offers().stream().map(OfferId::value).toList(), claims.terms().prorated() ? null : Boolean.TRUE, claims.quotedAt().getEpochSecond(), claims.expiresAt().getEpochSecond(),
                    claims.promised().due().minor(), claims.promised().total().minor(), other(claims, Amounts::due), other(claims, Amounts::total),
                    Both.of(claims.told()), claims.terms().over() ? Boolean.TRUE : null, Optional.ofNullable(claims.terms().endsAt()).map(Instant::getEpochSecond).orElse(null),
                    Optional.ofNullable(claims.terms().together()).map(SubscriptionId::value).orElse(null), claims.promised().due().currency().getCurrencyCode());
        }

        private static @Nullable Long other(QuoteClaims claims, Function<Amounts, Money> which) {
            Money reckoned = which.apply(claims.reckoned());
            return reckoned.equals(which.apply(claims.promised())) ? null : Long.valueOf(reckoned.minor());
        }

        QuoteClaims claims() {
            Currency billed = Currency.getInstance(currency);
            long inAll = total == null ? due : total;
            return new QuoteClaims(
                    q, new AccountId(a), new SubscriptionId(s), v, ask, when, new SubscriptionTerms(items.stream().map(Sold::terms).toList(), renews, Optional.ofNullable(offers).orElse(List.of()).stream().map(OfferId::new).toList(), unprorated == null, over != null, ends == null ? null : Instant.ofEpochSecond(ends), with == null ? null : new SubscriptionId(with)), Instant.ofEpochSecond(at), Instant.ofEpochSecond(total == null ? at : until),
                    new Amounts(new Money(due, billed), new Money(inAll, billed)),
                    new Amounts(new Money(own == null ? due : own, billed), new Money(ownTotal == null ? inAll : ownTotal, billed)),
                    told == null ? null : told.told(billed));
        }
    }

    String write(QuoteClaims claims) {
        return tokens.write(Purpose.QUOTE, PREFIX, Payload.of(claims));
    }

    /** Empty for anything that we did not sign, or signed with a key that is retired. */
    Optional<QuoteClaims> read(String token) {
        return tokens.read(Purpose.QUOTE, PREFIX, token, Payload.class).map(Payload::claims);
    }
}
