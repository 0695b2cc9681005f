package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.quote.Quote;
import dev.headroom.value.UsageBreakEven;
import dev.headroom.value.ValueCase;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;

/** What a change is worth, in sentences. */
public final class CaseText {

    private static final int HUNDREDTHS = 2;

    private CaseText() {}

    /** What a month costs and brings, when it is paid back, and what it returns. */
    public static List<String> of(ValueCase worth, ZoneId zone) {
        return List.of(
                translate("case.month", Figures.signed(worth.extraCost()), Figures.signed(worth.extraValue())), paidBack(worth, zone),
                worth.returnPoints() == null
                        ? translate("case.return.none")
                        : translate("case.return", Figures.percent(BigDecimal.valueOf(worth.returnPoints(), HUNDREDTHS))));
    }

    private static String paidBack(ValueCase worth, ZoneId zone) {
        if (worth.breakEvenMonths() == null || worth.breakEvenAt() == null) {
            return translate("case.never");
        }
        return worth.breakEvenMonths() == 0
                ? translate("case.at.once")
                : translate("case.after", Figures.number(worth.breakEvenMonths()), When.dayText(worth.breakEvenAt(), zone));
    }

    /** From how much use on it costs less than overage. */
    public static String of(UsageBreakEven breakEven, Quote quote) {
        return translate("case.overage", quote.target().version().plan().name(), Figures.number(breakEven.units()), breakEven.feature().name());
    }
}
