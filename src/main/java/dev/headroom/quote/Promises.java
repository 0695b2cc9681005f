package dev.headroom.quote;

import dev.headroom.bundle.Bundle;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.id.Ids;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.QuoteClaims.Billed;
import dev.headroom.quote.QuoteClaims.Told;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes quotes of targets: priced, held against Stripe where that is due, and signed. */
@Service
class Promises {

    private final Verifications verifications;
    private final QuoteTokens tokens;
    private final QuoteProperties properties;

    Promises(Verifications verifications, QuoteTokens tokens, QuoteProperties properties) {
        this.verifications = verifications;
        this.tokens = tokens;
        this.properties = properties;
    }

    /** @param today what is used and granted */
    QuoteResult of(Asking asking, Circumstances now, When when, Target target, List<Entitlement> today) {
        UUID id = Ids.next();
        RequestedChange change = asking.change().decided(when);
        return switch (verifications.of(asking, priced(when, change, now), when, target, id)) {
            case Verified.Promised promised -> signed(change, now, when, target, today, id, promised);
            case Verified.Unable(QuoteResult why) -> why;
        };
    }

    /** What waits for a date is priced for that second. */
    static Circumstances priced(When when, RequestedChange change, Circumstances now) {
        return when == When.AT_DATE ? now.then(Objects.requireNonNull(change.at())) : now;
    }

    private static @Nullable Told told(Verified.Promised promised) {
        Quotation shown = promised.quotation();
        return !promised.now() && !promised.next()
                ? null
                : new Told(
                        promised.now(), promised.next(), Billed.of(shown.now(), promised.reckoned().now()), Billed.of(shown.next(), promised.reckoned().next()));
    }

    /** The quote of a token that still stands, as it was shown; what is used, and would not fit, is as of today. */
    Quote again(QuoteClaims claims, AccountSubscription held, Circumstances then, Target target, Quotation reckoned, List<Entitlement> today) {
        Told told = claims.told();
        String token = tokens.write(claims);
        return told == null
                ? quote(token, claims, held, then, target, today, reckoned, false, false)
                : quote(token, claims, held, then, target, today, told.over(reckoned), told.now(), told.next());
    }

    private Quote signed(
            RequestedChange change, Circumstances now, When when, Target target, List<Entitlement> today, UUID id, Verified.Promised promised) {
        AccountSubscription subscription = now.subscription();
        Quotation quotation = promised.quotation();
        QuoteClaims claims = new QuoteClaims(
                id, subscription.account(), subscription.id(), subscription.version(), settled(change, now, target), when, target.terms(), now.at(),
                expiry(change, target, subscription, now.at()), QuoteClaims.Amounts.of(quotation), QuoteClaims.Amounts.of(promised.reckoned()), told(promised));
        return quote(tokens.write(claims), claims, subscription, priced(when, change, now), target, today, quotation, promised.now(), promised.next());
    }

    private static Quote quote(
            String token, QuoteClaims claims, AccountSubscription subscription, Circumstances now, Target target, List<Entitlement> today, Quotation quotation, boolean verified,
            boolean nextVerified) {
        Target after = now.ends(target) ? target.with(List.of()) : target;
        return new Quote(
                claims.quote(), token, subscription.account(), subscription, claims.when(), target, claims.quotedAt(), claims.expiresAt(), quotation, verified,
                nextVerified, new Comparison(today, now.current(), after, subscription.balance().currency()),
                BundleChange.of(now, now.base(claims.when()), after));
    }

    /** What was asked for without what later might mean something else: which subscription, and how many seats a plan that sells them begins with. */
    private static RequestedChange settled(RequestedChange change, Circumstances now, Target target) {
        RequestedChange named = change.ofProduct(now.catalog().product(now.subscription().product()).key());
        boolean seats = (change.plan() != null || change.onto() != null) && !Targets.isFlat(target.plan().price()) && Targets.isFlat(now.current().plan().price());
        return seats ? named.ofSeats(target.plan().quantity()) : named;
    }

    /** A quote ends with whatever would change its amount by itself. */
    private Instant expiry(RequestedChange change, Target target, AccountSubscription subscription, Instant at) {
        Stream<Instant> offered = target.taking().stream().map(taken -> taken.offer().window().until());
        Stream<Instant> dated = Optional.ofNullable(change.at()).map(date -> target.together() == null ? date : date.minus(Quotes.TOLD)).stream();
        Stream<Instant> bundled = target.items().stream().map(Target.Sold::bundle).flatMap(bundle -> end(bundle, at));
        return Stream.of(Stream.of(at.plus(properties.lifetime()), subscription.period().until()), offered, bundled, dated).flatMap(each -> each)
                .min(Instant::compareTo).orElseThrow();
    }

    /** One that is over by now is kept by who has it. */
    private static Stream<Instant> end(@Nullable Bundle bundle, Instant at) {
        return Optional.ofNullable(bundle).map(Bundle::until).filter(at::isBefore).stream();
    }
}
