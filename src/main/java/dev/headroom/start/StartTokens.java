package dev.headroom.start;

import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PriceId;
import dev.headroom.identity.SigningKey.Purpose;
import dev.headroom.identity.SignedTokens;
import dev.headroom.money.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Writes and reads tokens {@code start.<key>.<claims>.<signature>}. */
@Service
class StartTokens {

    private static final String PREFIX = "start";

    private final SignedTokens tokens;

    StartTokens(SignedTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * The claims in short; instants are whole seconds. What is absent was not known when a token was written, or is not part of its start.
     *
     * @param o  the one offer of a token from before there were several
     * @param os absent for none
     */
    private record Payload(
            UUID q, UUID a, RequestedStart ask, UUID price, long n, @Nullable Long trial, @Nullable UUID b, @Nullable UUID o, @Nullable List<UUID> os, @Nullable Long end, long at,
            long until, long due, long total, String currency) {

        static Payload of(StartClaims claims) {
            return new Payload(
                    claims.quote(), claims.account().value(), claims.asked(), claims.price().value(), claims.quantity(),
                    Optional.ofNullable(claims.trialUntil()).map(Instant::getEpochSecond).orElse(null),
                    Optional.ofNullable(claims.bundle()).map(BundleId::value).orElse(null),
                    null, claims.offers().isEmpty() ? null : claims.offers().stream().map(OfferId::value).toList(),
                    Optional.ofNullable(claims.until()).map(Instant::getEpochSecond).orElse(null), claims.quotedAt().getEpochSecond(),
                    claims.expiresAt().getEpochSecond(), claims.due().minor(), claims.total().minor(), claims.due().currency().getCurrencyCode());
        }

        StartClaims claims() {
            Currency billed = Currency.getInstance(currency);
            return new StartClaims(
                    q, new AccountId(a), ask, new PriceId(price), n, Optional.ofNullable(trial).map(Instant::ofEpochSecond).orElse(null),
                    Optional.ofNullable(b).map(BundleId::new).orElse(null), offers(),
                    Optional.ofNullable(end).map(Instant::ofEpochSecond).orElse(null), Instant.ofEpochSecond(at), Instant.ofEpochSecond(until), new Money(due, billed),
                    new Money(total, billed));
        }

        private List<OfferId> offers() {
            return (os == null ? Stream.ofNullable(o) : os.stream()).map(OfferId::new).toList();
        }
    }

    String write(StartClaims claims) {
        return tokens.write(Purpose.QUOTE, PREFIX, Payload.of(claims));
    }

    /** Empty for anything that we did not sign, or signed with a key that is retired. */
    Optional<StartClaims> read(String token) {
        return tokens.read(Purpose.QUOTE, PREFIX, token, Payload.class).map(Payload::claims);
    }
}
