package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import java.time.ZoneId;

/** Why there is no quote. */
public final class RefusalText {

    private RefusalText() {}

    public static String of(QuoteResult result, ZoneId zone) {
        return switch (result) {
            case Quote _ -> "";
            case QuoteResult.PlanNotOnSale(var plan) -> translate("change.refused.sale", plan.name());
            case QuoteResult.AddOnNotOnSale(var addOn) -> translate("change.refused.sale", addOn.name());
            case QuoteResult.ChangeNotAllowed(var rule, var _, var _, var latest) -> latest == null
                    ? Words.of(rule)
                    : translate("refusal.latest", Words.of(rule), When.minuteText(latest, zone), zone.getId());
            case QuoteResult.AgainstPolicy against -> PolicyText.of(against);
            case QuoteResult.CreditTooSoon tooSoon -> PolicyText.of(tooSoon, zone);
            case QuoteResult.PaymentPastDue(var _) -> translate("change.refused.past.due");
            case QuoteResult.ChangeOnHold(var _, var hold, var until, var _) -> until == null
                    ? Words.of(hold)
                    : translate("change.held.until", Words.of(hold), When.dayText(until, zone));
        };
    }
}
