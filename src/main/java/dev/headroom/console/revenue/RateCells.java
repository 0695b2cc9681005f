package dev.headroom.console.revenue;

import dev.headroom.reporting.RateSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a line of comma-separated values says of the rates that it is told by: of which month they are, and each of them; nothing of one currency alone. */
record RateCells(@Nullable RateSet rates) {

    List<Object> heads() {
        List<Object> heads = new ArrayList<>();
        if (rates != null) {
            heads.add("rates_of");
            rates.rates().forEach(rate -> heads.add("rate_" + rate.currency().getCurrencyCode().toLowerCase(Locale.ROOT)));
        }
        return heads;
    }

    List<Object> cells() {
        List<Object> cells = new ArrayList<>();
        if (rates != null) {
            cells.add(rates.month());
            rates.rates().forEach(rate -> cells.add(rate.rate().toPlainString()));
        }
        return cells;
    }
}
