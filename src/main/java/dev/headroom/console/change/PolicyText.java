package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.When;
import dev.headroom.quote.QuoteResult.AgainstPolicy;
import dev.headroom.quote.QuoteResult.CreditTooSoon;
import java.time.ZoneId;

/** Why the vendor's own policy keeps a change from being made, and when it could be. */
final class PolicyText {

    private PolicyText() {}

    static String of(AgainstPolicy against) {
        return switch (against.transitionRule().transition()) {
            case REFUSED, BY_APPROVAL -> translate("change.refused.policy");
            case NOW_PRORATED, NOW_UNPRORATED, PERIOD_END -> switch (against.allowed().getFirst()) {
                case NOW -> translate("change.refused.policy.now");
                case PERIOD_END, AT_DATE -> translate("change.refused.policy.end");
            };
        };
    }

    static String of(CreditTooSoon tooSoon, ZoneId zone) {
        String day = When.dayText(tooSoon.from(), zone);
        return tooSoon.allowed().isEmpty() ? translate("change.refused.credit.ends", day) : translate("change.refused.credit", day);
    }
}
