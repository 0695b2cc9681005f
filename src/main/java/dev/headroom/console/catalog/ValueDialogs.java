package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Product;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Currencies;
import dev.headroom.money.Money;
import dev.headroom.value.ValueMetric;
import dev.headroom.value.ValueMetricSets;
import dev.headroom.value.ValueMetricSets.NewMetric;
import dev.headroom.value.ValueMetricSets.SetValueMetrics;
import dev.headroom.value.ValueMetricSets.ValueMetricsMoved;
import dev.headroom.value.ValueMetrics;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The forms that say what a product is worth; each sends the whole anew, so that nobody overwrites what was not seen. */
final class ValueDialogs {

    private static final int LONGEST_NUMBER = 20;

    private final SignedIn signedIn;
    private final ValueMetricSets metrics;
    private final CatalogSnapshot catalog;
    private final Runnable changed;

    ValueDialogs(SignedIn signedIn, ValueMetricSets metrics, CatalogSnapshot catalog, Runnable changed) {
        this.signedIn = signedIn;
        this.metrics = metrics;
        this.catalog = catalog;
        this.changed = changed;
    }

    void add(Product product, ValueMetrics said) {
        ComboBox<Feature> feature = new ComboBox<>(translate("value.feature"), catalog.featuresOf(product.id()).stream()
                .filter(each -> each.counted() || each.kind() == FeatureKind.GATE).toList());
        feature.setItemLabelGenerator(Feature::name);
        feature.setWidthFull();
        Select<Currency> currency = currency();
        TextField amount = number("value.amount", "value.amount.hint");
        TextField minutes = number("value.minutes", "value.minutes.hint");
        TextField basis = new TextField(translate("value.basis"));
        basis.setHelperText(translate("value.basis.hint"));
        basis.setWidthFull();
        String path = "input.metrics[" + said.metrics().size() + "].";
        new FormDialog(translate("value.new.of", product.name()), translate("value.save"), () -> set(product, said, Stream.concat(
                said.metrics().stream().map(this::as),
                Stream.of(new NewMetric(
                        Check.present(path + "feature", feature.getValue()).key(), currency.getValue(), minor(path + "unitMinor", amount, currency.getValue()),
                        whole(path + "minutes", minutes).orElse(null), basis.getValue()))).toList(), said.implementation()),
                feature, currency, amount, minutes, basis)
                .with(path + "feature", feature).with(path + "unitMinor", amount).with(path + "minutes", minutes).with(path + "basis", basis).open();
    }

    void remove(Product product, ValueMetrics said, ValueMetric gone) {
        new FormDialog(translate("value.remove.of", catalog.feature(gone.feature()).name()), translate("value.remove"), () -> set(
                product, said, said.metrics().stream().filter(each -> !each.equals(gone)).map(this::as).toList(), said.implementation()),
                new Paragraph(translate("value.remove.meaning"))).open();
    }

    /** Left empty, nothing is said in that currency. */
    void implementation(Product product, ValueMetrics said) {
        Select<Currency> currency = currency();
        TextField amount = number("value.amount", "value.implementation.hint");
        currency.addValueChangeListener(chosen -> amount.setValue(now(said, chosen.getValue())));
        amount.setValue(now(said, currency.getValue()));
        String path = "input.implementation[0].minor";
        new FormDialog(translate("value.implementation.of", product.name()), translate("value.save"), () -> set(
                product, said, said.metrics().stream().map(this::as).toList(), Stream.concat(
                        amount.isEmpty() ? Stream.<Money>empty() : Stream.of(money(path, amount, currency.getValue())),
                        said.implementation().stream().filter(each -> !each.currency().equals(currency.getValue()))).toList()),
                currency, amount).with(path, amount).open();
    }

    private static String now(ValueMetrics said, Currency currency) {
        return said.implementation().stream().filter(each -> each.currency().equals(currency)).findFirst().map(each -> each.major().toPlainString()).orElse("");
    }

    private NewMetric as(ValueMetric metric) {
        return new NewMetric(catalog.feature(metric.feature()).key(), metric.amount().currency(), metric.amount().minor(), metric.minutes(), metric.basis());
    }

    private void set(Product product, ValueMetrics said, List<NewMetric> wanted, List<Money> implementation) {
        if (metrics.set(signedIn.actor(), new SetValueMetrics(product.key(), said.version(), wanted, implementation)) instanceof ValueMetricsMoved) {
            throw HeadroomException.of(ErrorCode.CONFLICT, null, translate("value.moved"));
        }
        changed.run();
    }

    private static Select<Currency> currency() {
        List<Currency> all = Currencies.supported().stream().sorted(Comparator.comparing(Currency::getCurrencyCode)).toList();
        Select<Currency> currency = new Select<>();
        currency.setLabel(translate("value.currency"));
        currency.setItems(all);
        currency.setItemLabelGenerator(Currency::getCurrencyCode);
        currency.setValue(all.stream().filter(each -> each.getCurrencyCode().equals("USD")).findFirst().orElse(all.getFirst()));
        return currency;
    }

    private static TextField number(String label, String hint) {
        TextField field = new TextField(translate(label));
        field.setHelperText(translate(hint));
        field.setAllowedCharPattern("[0-9.,]");
        field.setWidthFull();
        return field;
    }

    private static BigDecimal minor(String path, TextField field, Currency currency) {
        return decimal(path, field).map(major -> major.movePointRight(currency.getDefaultFractionDigits())).orElseThrow(() -> HeadroomException.invalid(path, translate("rule.number")));
    }

    private static Money money(String path, TextField field, Currency currency) {
        try {
            return new Money(minor(path, field, currency).longValueExact(), currency);
        } catch (ArithmeticException tooFine) {
            throw HeadroomException.invalid(path, translate("rule.number"));
        }
    }

    private static Optional<Integer> whole(String path, TextField field) {
        try {
            return decimal(path, field).map(BigDecimal::intValueExact);
        } catch (ArithmeticException wrong) {
            throw HeadroomException.invalid(path, translate("rule.number"));
        }
    }

    private static Optional<BigDecimal> decimal(String path, TextField field) {
        String text = Objects.requireNonNullElse(field.getValue(), "").strip().replace(',', '.');
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text.length() > LONGEST_NUMBER ? "" : text));
        } catch (NumberFormatException wrong) {
            throw HeadroomException.invalid(path, translate("rule.number"));
        }
    }
}
