package dev.headroom.history;

import dev.headroom.revenue.MovementKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a line says an account paid from a day on.
 *
 * @param year of twelve months, in minor units; zero where it ended
 */
record HistoryLine(
        int number, String account, String name, String email, String country, Currency currency, LocalDate from, String plan, String subscription, @Nullable Long seats,
        BigDecimal year, @Nullable MovementKind kind) {

    /**
     * What was read of a line.
     *
     * @param account  empty where it tells none
     * @param line     absent where anything is wrong
     * @param mistakes everything that is
     */
    record Read(int number, String account, @Nullable HistoryLine line, List<HistoryMistake> mistakes) {}
}
