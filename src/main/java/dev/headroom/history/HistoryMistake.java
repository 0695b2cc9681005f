package dev.headroom.history;

import org.jspecify.annotations.Nullable;

/**
 * Why something of a history is not brought.
 *
 * @param id       counts what was found
 * @param line     of the file, from 1; of what Stripe says it only counts
 * @param column   absent where no single one is wrong; of what Stripe says the subscription
 * @param account  key of the account of which nothing is brought for it; absent where the line does not tell one
 * @param value    that stands there
 * @param expected what would be right, in a sentence
 */
public record HistoryMistake(
        long id, int line, @Nullable String column, @Nullable String account, Problem problem, @Nullable String value, @Nullable String expected) {

    /** What is wrong. */
    public enum Problem {
        /** The file has nothing in it, or more than may be. */
        FILE,
        /** The first line lacks a column, has one twice, or one that nobody knows. */
        COLUMNS,
        /** The line has more or fewer cells than there are columns, or a quotation mark that is never closed. */
        CELLS,
        /** The value is missing, or not one that may stand there. */
        VALUE,
        /** The customer at Stripe is no account here. */
        CUSTOMER,
        /** A price at Stripe is no plan's here, or cannot be reckoned. */
        PRICE,
        /** A subscription at Stripe has not one plan. */
        PLAN,
        /** Another currency than the account's. */
        CURRENCY,
        /** The same subscription is told twice of one day. */
        SAME_DAY,
        /** Subscriptions of the account were recorded already, and a start that is booked stays where it is. */
        RECORDED,
        /** It lies before the end of what was brought of the account, and is not the same. */
        OVERLAPS,
        /** Its month is closed. */
        MONTH_CLOSED,
        /** It has not begun yet. */
        IN_FUTURE,
        /** The name of the subscription stands for another product already. */
        NAMES_ANOTHER,
        /** Another subscription of the product runs at the time. */
        RUNS_TWICE,
        /** More is paid, and the kind says less; or the other way. */
        KIND_CONTRADICTS
    }

    static HistoryMistake found(int line, @Nullable String column, @Nullable String account, Problem problem, @Nullable String value, @Nullable String expected) {
        return new HistoryMistake(0, line, column, account, problem, value, expected);
    }
}
