package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.Currencies;
import dev.headroom.reporting.ReportingRate;
import dev.headroom.reporting.ReportingRates;
import dev.headroom.reporting.ReportingRates.NewRate;
import dev.headroom.reporting.ReportingRates.ReportingRatesFixed;
import dev.headroom.reporting.ReportingRates.ReportingRatesSet;
import dev.headroom.reporting.ReportingRates.SetRates;
import dev.headroom.reporting.ReportingRates.SetReportingRatesResult;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one of each other currency is, from a month on. */
final class RatesDialog {

    private static final Pattern RATE = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");
    /** How a command's rate is named in what is refused of it. */
    private static final Pattern RATE_OF = Pattern.compile("^input\\.rates\\.([0-9]+)\\b.*");
    private static final int MONTHS = 120;
    private static final String MONTH = "month";

    private final SignedIn signedIn;
    private final ReportingRates rates;
    private final Currency in;
    private final Runnable changed;
    private final ComboBox<YearMonth> month = new ComboBox<>(translate("revenue.rates.from"));
    private final Map<Currency, TextField> fields = new LinkedHashMap<>();
    private final TextField correction = new TextField(translate("revenue.rates.correction"));

    private final String key = Ids.next().toString();

    RatesDialog(SignedIn signedIn, ReportingRates rates, Currency in, YearMonth now, Runnable changed) {
        this.signedIn = signedIn;
        this.rates = rates;
        this.in = in;
        this.changed = changed;
        month.setItems(Stream.iterate(now.plusMonths(1), each -> each.minusMonths(1)).limit(MONTHS).toList());
        month.setItemLabelGenerator(When::monthText);
        month.setValue(now);
        month.setHelperText(translate("revenue.rates.from.hint"));
        Currencies.supported().stream().filter(each -> !each.equals(in))
                .forEach(each -> fields.put(each, new TextField(translate("revenue.rates.is", each.getCurrencyCode(), in.getCurrencyCode()))));
        correction.setHelperText(translate("revenue.rates.correction.hint"));
    }

    void open() {
        List<Component> all = new ArrayList<>(List.of(new Paragraph(translate("revenue.rates.how")), month));
        all.addAll(fields.values());
        all.add(correction);
        FormDialog dialog = new FormDialog(translate("revenue.rates.in", in.getCurrencyCode()), translate("revenue.rates.set"), this::set, all.toArray(Component[]::new))
                .with("input.correction", correction).with("input.rates", fields.values().iterator().next()).with(MONTH, month);
        fields.forEach((currency, field) -> dialog.with(currency.getCurrencyCode(), field));
        dialog.open();
    }

    private void set() {
        YearMonth from = month.getValue();
        if (from == null) {
            throw HeadroomException.invalid(MONTH, translate("revenue.rates.month.needed"));
        }
        List<NewRate> said = fields.keySet().stream().filter(each -> !fields.get(each).getValue().isBlank()).map(each -> new NewRate(each, from, rate(each))).toList();
        String why = correction.getValue();
        SetRates command = new SetRates(in, said, why.isBlank() ? null : why, key);
        switch (added(command)) {
            case ReportingRatesSet _ -> changed.run();
            case ReportingRatesFixed(List<ReportingRate> fixed) -> throw HeadroomException.invalid("input.correction", translate(
                    "revenue.rates.fixed", When.monthText(from), fixed.stream().map(each -> each.currency().getCurrencyCode() + " " + RatesText.value(each)).collect(Collectors.joining(", "))));
        }
    }

    /** What is refused of one of the rates is said at its currency's field. */
    private SetReportingRatesResult added(SetRates command) {
        try {
            return rates.set(signedIn.actor(), command);
        } catch (HeadroomException refused) {
            throw RATE_OF.matcher(String.valueOf(refused.field())).results().findFirst().map(at -> command.rates().get(Integer.parseInt(at.group(1))).currency().getCurrencyCode())
                    .map(currency -> HeadroomException.invalid(currency, String.valueOf(refused.getMessage()))).orElse(refused);
        }
    }

    /** With a point or a comma, and never grouped: 1.084 is no thousand in any language. */
    private BigDecimal rate(Currency of) {
        String typed = fields.get(of).getValue().strip().replace(',', '.');
        if (!RATE.matcher(typed).matches()) {
            throw HeadroomException.invalid(of.getCurrencyCode(), translate("revenue.rates.mistyped"));
        }
        return new BigDecimal(typed);
    }
}
