package dev.headroom.console.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.Location;
import dev.headroom.console.QueryState;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.Retention.Definition;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

    private static final Currency EURO = Currency.getInstance("EUR");
    private static final Currency DOLLAR = Currency.getInstance("USD");
    private static final YearMonth NOW = YearMonth.of(2026, 3);

    private static Scope of(String query) {
        return Scope.of(QueryState.of(new Location("revenue?" + query)), List.of(EURO, DOLLAR), NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "from=2026-13", "from=2026-04", "until=2026-05", "from=2026-03&until=2026-03&", "from=2020-01", "currency=none", "definition=none"})
    void withoutARangeThatThereIsItIsTheLastTwelveMonths(String query) {
        Scope scope = of(query);
        assertThat(scope.currency()).isEqualTo(EURO);
        assertThat(scope.definition()).isEqualTo(Definition.MOVEMENTS);
        assertThat(scope.months()).isEqualTo(12);
        assertThat(scope.until()).isEqualTo(query.startsWith("from=2026-03") ? NOW : NOW.plusMonths(1));
    }

    @Test
    void anAddressSaysAllOfItAndIsReadBack() {
        Scope scope = of("currency=USD&from=2025-01&until=2025-04&definition=ACCOUNTS");
        assertThat(scope).isEqualTo(new Scope(DOLLAR, YearMonth.of(2025, 1), YearMonth.of(2025, 4), Definition.ACCOUNTS, NOW));
        assertThat(scope.address("revenue")).isEqualTo("revenue?currency=USD&from=2025-01&until=2025-04&definition=ACCOUNTS");
        assertThat(scope.before().address("revenue")).isEqualTo("revenue?currency=USD&from=2024-10&until=2025-01&definition=ACCOUNTS");
    }

    @Test
    void allCurrenciesInOneStandInTheAddressWithTheMonthWhoseRatesTheyAreToldBy() {
        Scope scope = of("in=GBP&from=2025-01&until=2025-04");
        assertThat(scope.currency().getCurrencyCode()).isEqualTo("GBP");
        assertThat(scope.rates()).as("of the last month, where none is named").isEqualTo(YearMonth.of(2025, 3));
        assertThat(scope.address("revenue")).isEqualTo("revenue?in=GBP&rates=2025-03&from=2025-01&until=2025-04&definition=MOVEMENTS");
        assertThat(scope.before().rates()).as("other months by the same rates").isEqualTo(YearMonth.of(2025, 3));
        assertThat(of("in=GBP&rates=2024-12").rates()).isEqualTo(YearMonth.of(2024, 12));
        assertThat(scope.listed(scope.movements(List.of(MovementKind.CHURN)))).isEqualTo("revenue/movements?in=GBP&rates=2025-03&from=2025-01&until=2025-04&kinds=CHURN");
        assertThat(scope.paying(NOW, null)).isEqualTo("revenue/accounts?month=2026-03&in=GBP&rates=2025-03");
        assertThat(of("in=XXX").rates()).isNull();
    }

    @Test
    void theAddressOfMovementsIsReadBackAsTheSameFilter() {
        MovementFilter filter = new MovementFilter(
                DOLLAR, NOW, NOW.plusMonths(2), Set.of(MovementKind.CHURN, MovementKind.CONTRACTION), new UUID(0x7000, -5), NOW.minusMonths(3), NOW, NOW.minusMonths(1));
        String address = MovementAddress.of(filter);
        assertThat(address).contains("kinds=CONTRACTION%2CCHURN", "paying=2026-03");
        assertThat(MovementAddress.read(QueryState.of(new Location(address)))).contains(filter);
    }

    @Test
    void whatIsNoRangeOrNoCurrencyAsksForNothing() {
        assertThat(MovementAddress.read(QueryState.of(new Location("revenue/movements?from=2026-03&until=2026-03")))).isEmpty();
        assertThat(MovementAddress.read(QueryState.of(new Location("revenue/movements?currency=XXX")))).isEmpty();
    }

    @Test
    void stepsOfAnAxisAreRound() {
        assertThat(List.of(Share.step(1), Share.step(7), Share.step(100), Share.step(99), Share.step(1_000_000))).containsExactly(1L, 2L, 50L, 20L, 500_000L);
        assertThat(Share.of(1, 3)).isEqualTo("33.333%");
        assertThat(Share.of(1, 0)).isEqualTo("100.000%");
    }
}
