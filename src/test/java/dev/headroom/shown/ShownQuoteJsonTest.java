package dev.headroom.shown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.money.Money;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.subscription.RequestedChange.When;
import org.junit.jupiter.api.Test;

/** What approvals wrote before quotes were kept whole can be read for ever. */
class ShownQuoteJsonTest {

    private static final String BEFORE = """
            {"quotedAt":"2026-04-16T00:00:00Z","when":"NOW","effectiveAt":"2026-04-16T00:00:00Z","growth":"SEAT_EXPANSION",
             "from":{"items":[{"item":"0190a000-0000-7000-8000-000000000001","price":"0190a000-0000-7000-8000-000000000002","quantity":5}],"renews":true},
             "to":{"items":[{"item":"0190a000-0000-7000-8000-000000000001","price":"0190a000-0000-7000-8000-000000000003","quantity":8}],"renews":true,"prorated":true},
             "currency":"USD","dueNow":3000,"total":3750,
             "lines":[{"kind":"CHARGE","description":"Remaining time on Pro","quantity":8,"from":"2026-04-16T00:00:00Z","until":"2026-05-01T00:00:00Z","minor":3750}],
             "recurringBefore":12500,"recurringAfter":20000,"mrrBefore":12500,"mrrAfter":20000,"nextAt":"2026-05-01T00:00:00Z","nextDue":20000}""";

    @Test
    void whatAnApprovalKeptBeforeIsReadAndWrittenAsItWas() {
        ShownQuote shown = ShownQuoteJson.read(BEFORE);

        assertThat(shown.promise()).isNull();
        assertThat(shown.when()).isEqualTo(When.NOW);
        assertThat(shown.to().items().getFirst().quantity()).isEqualTo(8);
        assertThat(shown.dueNow()).isEqualTo(Money.of(3_000, "USD"));
        assertThat(shown.now().balanceApplied()).as("what the balance paid of it").isEqualTo(Money.of(-750, "USD"));
        InvoiceLine line = shown.now().lines().getFirst().billed();
        assertThat(line.amount()).isEqualTo(Money.of(3_750, "USD"));
        assertThat(line.description()).isEqualTo("Remaining time on Pro");
        assertThat(shown.next()).isNotNull().satisfies(next -> assertThat(next.due()).isEqualTo(Money.of(20_000, "USD")));
        assertThat(ShownQuoteJson.read(ShownQuoteJson.write(shown))).isEqualTo(shown);
    }
}
