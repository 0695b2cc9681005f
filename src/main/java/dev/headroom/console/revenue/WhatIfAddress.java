package dev.headroom.console.revenue;

import dev.headroom.console.QueryState;
import dev.headroom.projection.Assumptions;
import dev.headroom.projection.Assumptions.PriceRise;

/** What is assumed stands in the address, in the words and units of the API's; what nobody could have meant there is as if nothing were assumed. */
final class WhatIfAddress {

    static final String CHURN = "churnPoints";
    static final String CONTRACTION = "contractionPercent";
    static final String EXPANSION = "expansionPercent";
    static final String NEW_BUSINESS = "newBusinessPercent";
    static final String RISE = "risePoints";
    static final String RISE_MONTH = "riseMonth";
    static final String RISE_LOSS = "riseLossPoints";

    private WhatIfAddress() {}

    static Assumptions read(QueryState state) {
        int whole = Assumptions.WHOLE_POINTS;
        int points = number(state, RISE, 0, 0, whole);
        PriceRise rise = points == 0 ? null : new PriceRise(number(state, RISE_MONTH, 1, 1, Assumptions.MONTHS), points, number(state, RISE_LOSS, 0, 0, whole));
        return new Assumptions(number(state, CHURN, 0, -whole, whole), percent(state, CONTRACTION), percent(state, EXPANSION), percent(state, NEW_BUSINESS), rise);
    }

    private static int percent(QueryState state, String name) {
        return number(state, name, Assumptions.USUAL_PERCENT, 0, Assumptions.MOST_PERCENT);
    }

    /** @param usual where the address says nothing of it, or nothing that may be assumed */
    static int number(QueryState state, String name, int usual, int least, int most) {
        return state.get(name).filter(text -> text.matches("-?\\d{1,6}")).map(Integer::parseInt).filter(number -> number >= least && number <= most).orElse(usual);
    }
}
