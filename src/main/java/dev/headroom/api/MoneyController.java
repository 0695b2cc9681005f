package dev.headroom.api;

import dev.headroom.money.Money;
import dev.headroom.time.Period;
import java.text.NumberFormat;
import java.util.Locale;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** How amounts look to a frontend. */
@Controller
class MoneyController {

    @SchemaMapping(typeName = "Money")
    long amountMinor(Money money) {
        return money.minor();
    }

    @SchemaMapping(typeName = "Money")
    String formatted(Money money, Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(money.currency());
        format.setMinimumFractionDigits(money.currency().getDefaultFractionDigits());
        format.setMaximumFractionDigits(money.currency().getDefaultFractionDigits());
        return format.format(money.major());
    }

    @SchemaMapping(typeName = "Period")
    long seconds(Period period) {
        return period.seconds();
    }
}
