package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.limits.Decision;
import dev.headroom.limits.Limit;
import dev.headroom.limits.Source;
import dev.headroom.money.Money;
import dev.headroom.pricing.Rating;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The same answers without GraphQL, for gateways and hot paths. The tag of an answer changes only with what it says, not with when. */
@RestController
class GatewayController {

    private static final String AS_OF = "As-Of";
    private static final String DEGRADED = "Degraded";
    private static final String TOKEN = "Consistency-Token";
    private static final int TAG_BYTES = 16;

    private final Accounts accounts;
    private final Entitlements entitlements;
    private final Catalog catalog;
    private final JsonMapper json;

    GatewayController(Accounts accounts, Entitlements entitlements, Catalog catalog, JsonMapper json) {
        this.catalog = catalog;
        this.accounts = accounts;
        this.entitlements = entitlements;
        this.json = json;
    }

    /**
     * As {@link Entitlement}, by keys.
     *
     * @param source     what decides
     * @param unlockedBy looked for only where it is denied
     */
    record Answer(
            String feature, FeatureKind kind, boolean allowed, Decision.Reason reason, Decision.State state, @Nullable Long limit, Limit.@Nullable Policy policy, long used, long reserved,
            @Nullable Long remaining, @Nullable Long percent, @Nullable Instant graceUntil, @Nullable Long blocksAt, @Nullable Overage overage, @Nullable Instant resetsAt, @Nullable String setting,
            @Nullable String plan, Source.@Nullable Kind source, @Nullable Instant validUntil, @Nullable Unlocking unlockedBy) {

        static Answer of(Entitlement now, CatalogSnapshot known) {
            return new Answer(
                    now.feature().key(), now.feature().kind(), now.allowed(), now.reason(), now.state(), now.limit(), now.policy(), now.used(), now.reserved(),
                    now.remaining(), now.percent(), now.graceUntil(), now.blocksAt(), Overage.of(now.overage()), now.resetsAt(), now.setting(),
                    now.source() == null ? null : now.source().plan().key(), now.granted() ? now.sources().getFirst().kind() : null,
                    now.validUntil(), now.allowed() ? null : now.unlockedBy(known).map(Unlocking::of).orElse(null));
        }
    }

    /** @param plan its key */
    record Unlocking(String plan, @Nullable Long seats) {

        static Unlocking of(Entitlement.Unlocking found) {
            return new Unlocking(found.plan().key(), found.seats());
        }
    }

    /** Amounts in minor units of a currency; absent when there is more than can be billed. */
    record Overage(long units, String unitMinor, Currency currency, @Nullable Long amountMinor, String explanation) {

        static @Nullable Overage of(Rating.@Nullable Overage priced) {
            if (priced == null) {
                return null;
            }
            Money amount = priced.amount();
            return new Overage(priced.units(), priced.unitMinor(), priced.currency(), amount == null ? null : amount.minor(), priced.explanation());
        }
    }

    record Answers(String account, List<Answer> entitlements) {}

    @GetMapping("/v1/accounts/{key}/entitlements")
    ResponseEntity<byte[]> all(
            @PathVariable String key, @RequestParam(required = false) @Nullable List<String> features, @RequestParam(required = false) @Nullable Long requested,
            @RequestHeader(name = TOKEN, required = false) @Nullable String token,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known, @AuthenticationPrincipal Actor actor) {
        EntitlementController.checkFeatures(features);
        Account account = accounts.meant(actor, key);
        List<Entitlement> answers = entitlements.check(actor, account.id(), features, requested, token);
        CatalogSnapshot sold = catalog.snapshot();
        return response(new Answers(account.key(), answers.stream().map(each -> Answer.of(each, sold)).toList()), answers, known);
    }

    @GetMapping("/v1/accounts/{key}/entitlements/{feature}")
    ResponseEntity<byte[]> one(
            @PathVariable String key, @PathVariable String feature, @RequestParam(required = false) @Nullable Long requested,
            @RequestHeader(name = TOKEN, required = false) @Nullable String token,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known, @AuthenticationPrincipal Actor actor) {
        List<Entitlement> answers = entitlements.check(actor, accounts.meant(actor, key).id(), List.of(feature), requested, token);
        return response(Answer.of(answers.getFirst(), catalog.snapshot()), answers, known);
    }

    private ResponseEntity<byte[]> response(Object body, List<Entitlement> answers, @Nullable String known) {
        byte[] bytes = json.writeValueAsBytes(body);
        String tag = tag(bytes);
        boolean unchanged = known != null && Arrays.stream(known.split(",")).map(String::strip).anyMatch(tag::equals);
        ResponseEntity.BodyBuilder response = ResponseEntity.status(unchanged ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(DEGRADED, String.valueOf(answers.stream().anyMatch(Entitlement::degraded)));
        answers.stream().findFirst().ifPresent(first -> response.header(AS_OF, first.asOf().toString()));
        return unchanged ? response.build() : response.contentType(MediaType.APPLICATION_JSON).body(bytes);
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES)) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
