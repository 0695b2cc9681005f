package dev.headroom.quote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.account.AccountId;
import dev.headroom.catalog.PriceId;
import dev.headroom.id.Ids;
import dev.headroom.identity.SigningKey;
import dev.headroom.identity.SigningKey.Purpose;
import dev.headroom.identity.SigningKeys;
import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.InvoiceLine.Kind;
import dev.headroom.quote.QuoteClaims.Amounts;
import dev.headroom.quote.QuoteClaims.Billed;
import dev.headroom.quote.QuoteClaims.Told;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.Period;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A token says what was promised and what we reckoned, and one from before that was told apart still says the same of both. */
@HeadroomTest
class QuoteTokensTest {

    @Autowired
    QuoteTokens tokens;

    @Autowired
    SigningKeys keys;

    @Test
    void whatIsWrittenIsReadWhetherOrNotStripesAmountIsOurs() {
        assertThat(tokens.read(tokens.write(claims(3_750, 3_750)))).contains(claims(3_750, 3_750));
        assertThat(tokens.read(tokens.write(claims(7_950, 3_750)))).contains(claims(7_950, 3_750));
    }

    @Test
    void whatOnlyStripeCouldSayIsInTheToken() {
        Period rest = new Period(Instant.parse("2026-04-16T00:00:00Z"), Instant.parse("2026-05-01T00:00:00Z"));
        InvoiceLine credit = InvoiceLine.told(Kind.CREDIT, "item", "Unused", 5, rest, Money.of(-6_250, "USD"), Money.of(-250, "USD"));
        InvoiceLine workshop = InvoiceLine.told(Kind.WAITING, "", "Workshop", 1, rest, Money.of(4_200, "USD"), Money.of(0, "USD"));
        Tax tax = new Tax(Money.of(713, "USD"), Money.of(3_750, "USD"), false, "txr_1");
        QuoteClaims claims = told(new Told(
                true, true, new Billed(List.of(credit, workshop), List.of(tax), Money.of(-300, "USD"), Money.of(900, "USD")),
                new Billed(null, List.of(), Money.of(0, "USD"), Money.of(20_000, "USD"))));

        assertThat(tokens.read(tokens.write(claims))).contains(claims);
        assertThat(tokens.read(tokens.write(told(new Told(true, false, null, null))))).contains(told(new Told(true, false, null, null)));
    }

    private static QuoteClaims told(Told told) {
        return new QuoteClaims(
                ANY.quote(), ANY.account(), ANY.subscription(), ANY.version(), ANY.change(), ANY.when(), ANY.terms(), ANY.quotedAt(), ANY.expiresAt(),
                ANY.promised(), ANY.reckoned(), told);
    }

    @Test
    void aTokenOfBeforeTheTotalWasPromisedHasExpired() {
        String[] parts = tokens.write(claims(7_950, 7_950)).split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8);
        String before = payload.replace(",\"total\":7950", "");
        assertThat(before).as("the same without it").isNotEqualTo(payload);

        assertThat(tokens.read(signed(before))).map(QuoteClaims::expiresAt).contains(ANY.quotedAt());
    }

    @Test
    void aTokenPromisesWhatWeReckonedWhereItDoesNotSayAnythingElse() {
        String[] parts = tokens.write(claims(7_950, 3_750)).split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8);
        String before = payload.replace(",\"own\":3750", "").replace(",\"ownTotal\":3750", "");
        assertThat(before).as("the same without it").isNotEqualTo(payload);

        assertThat(tokens.read(signed(before))).contains(claims(7_950, 7_950));
    }

    @Test
    void whatWeDidNotSignIsNotRead() {
        String token = tokens.write(claims(7_950, 3_750));
        String[] parts = token.split("\\.");
        String cheaper = Base64.getUrlEncoder().withoutPadding().encodeToString(
                new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8).replace("7950", "1").getBytes(StandardCharsets.UTF_8));

        assertThat(tokens.read(parts[0] + "." + parts[1] + "." + cheaper + "." + parts[3])).isEmpty();
    }

    private String signed(String payload) {
        SigningKey key = keys.current(Purpose.QUOTE);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String signed = "quote." + key.id() + "." + encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encoder.encodeToString(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static final QuoteClaims ANY = new QuoteClaims(
            Ids.next(), new AccountId(Ids.next()), new SubscriptionId(Ids.next()), 7, RequestedChange.toPlan("pro"), When.NOW,
            new SubscriptionTerms(List.of(new ItemTerms(Ids.next(), new PriceId(Ids.next()), 8, null)), true), Instant.parse("2026-04-16T00:00:00Z"),
            Instant.parse("2026-04-16T00:15:00Z"), amounts(0), amounts(0), null);

    private static QuoteClaims claims(long due, long reckoned) {
        return new QuoteClaims(
                ANY.quote(), ANY.account(), ANY.subscription(), ANY.version(), ANY.change(), ANY.when(), ANY.terms(), ANY.quotedAt(), ANY.expiresAt(),
                amounts(due), amounts(reckoned), ANY.told());
    }

    private static Amounts amounts(long minor) {
        return new Amounts(Money.of(minor, "USD"), Money.of(minor, "USD"));
    }
}
