package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.catalog.CreateProduct.AddFeatures;
import dev.headroom.catalog.CreateProduct.NewFeature;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Product;
import dev.headroom.console.FormDialog;
import dev.headroom.console.TypedNumber;
import dev.headroom.console.Words;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.time.Reset;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks for a new feature: only for what its kind has a use for. */
final class FeatureForm {

    private static final String PATH = "input.features[0].";
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

    /** Of the form and not of the click: however often it is pressed, one feature is made. */
    private final String idempotencyKey = Ids.next().toString();
    private final FeatureServices services;
    private final Select<Product> product = new Select<>();
    private final TextField name = new TextField(translate("feature.called"));
    private final TextField key = new TextField(translate("feature.key"));
    private final TextArea description = new TextArea(translate("feature.description"));
    private final Select<FeatureKind> kind = new Select<>();
    private final TextField unit = new TextField(translate("feature.unit"));
    private final Checkbox seats = new Checkbox(translate("feature.seats"));
    private final Select<Reset> reset = new Select<>();
    private final TextField days = new TextField(translate("feature.days"));
    private final TextField thresholds = new TextField(translate("feature.thresholds"));
    private final MeterFields meter = new MeterFields();

    FeatureForm(FeatureServices services) {
        this.services = services;
        List<Product> products = services.catalog().snapshot().products();
        choice(product, translate("plan.product"), products);
        product.setItemLabelGenerator(Product::name);
        product.addValueChangeListener(change -> meter.of(sources()));
        choice(kind, translate("feature.kind"), List.of(FeatureKind.values()));
        kind.setItemLabelGenerator(Words::of);
        kind.setHelperText(translate("feature.kind.hint"));
        kind.addValueChangeListener(change -> ask());
        choice(reset, translate("feature.resets"), Stream.of(Reset.values()).filter(each -> each != Reset.NEVER).toList());
        reset.setItemLabelGenerator(Words::of);
        reset.addValueChangeListener(change -> ask());
        seats.addValueChangeListener(change -> ask());
        key.setHelperText(translate("feature.key.hint"));
        name.setHelperText(translate("feature.name.hint"));
        unit.setHelperText(translate("feature.unit.hint"));
        thresholds.setHelperText(translate("feature.thresholds.hint"));
        thresholds.setValue(Feature.THRESHOLDS.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        products.stream().findFirst().ifPresent(product::setValue);
        kind.setValue(FeatureKind.GATE);
        reset.setValue(Reset.BILLING_PERIOD);
        Stream.<Component>of(product, name, key, description, kind, unit, reset, days, thresholds).forEach(field -> field.getElement().getStyle().set("width", "100%"));
    }

    private static <T> void choice(Select<T> select, String label, List<T> choices) {
        select.setLabel(label);
        select.setItems(choices);
    }

    private List<Feature> sources() {
        return product.getOptionalValue().map(Product::id).map(services.catalog().snapshot()::featuresOf).orElse(List.of()).stream()
                .filter(feature -> feature.meter() != null && feature.meter().source() == null && !feature.retired())
                .toList();
    }

    private void ask() {
        boolean counted = chosen() == FeatureKind.METER || chosen() == FeatureKind.ALLOWANCE;
        unit.setVisible(counted);
        thresholds.setVisible(counted);
        seats.setVisible(chosen() == FeatureKind.ALLOWANCE);
        reset.setVisible(chosen() == FeatureKind.METER);
        days.setVisible(rolling());
        meter.setVisible(metered());
    }

    private FeatureKind chosen() {
        return Objects.requireNonNullElse(kind.getValue(), FeatureKind.GATE);
    }

    private boolean held() {
        return chosen() == FeatureKind.ALLOWANCE && seats.getValue();
    }

    private boolean metered() {
        return chosen() == FeatureKind.METER || chosen() == FeatureKind.ALLOWANCE && !held();
    }

    private boolean rolling() {
        return chosen() == FeatureKind.METER && reset.getValue() == Reset.ROLLING;
    }

    void open() {
        Div none = new Div(translate("feature.product.none"));
        none.setVisible(services.catalog().snapshot().products().isEmpty());
        FormDialog form = new FormDialog(
                translate("feature.new"), translate("feature.make"), this::make, none, product, name, key, kind, seats, unit, reset, days, meter, thresholds, description)
                .with("input.product", product).with(PATH + "name", name).with(PATH + "key", key).with(PATH + "kind", kind).with(PATH + "unit", unit)
                .with(PATH + "seats", seats).with("input.features", seats).with(PATH + "reset", reset).with(PATH + "rollingDays", days)
                .with(PATH + "description", description);
        Stream.iterate(0, at -> at + 1).limit(ThresholdText.MOST + 1L).map(at -> PATH + "thresholds[" + at + "]").forEach(path -> form.with(path, thresholds));
        form.with(PATH + "thresholds", thresholds);
        meter.name(form, PATH + "meter");
        form.open();
    }

    private void make() {
        boolean counted = unit.isVisible();
        NewFeature wanted = new NewFeature(
                key.getValue().strip(), name.getValue().strip(), Check.present(PATH + "kind", kind.getValue()), counted ? unit.getValue().strip() : null,
                chosen() == FeatureKind.METER ? reset.getValue() : null, rolling() ? days() : null, held() ? true : null,
                metered() ? meter.read() : null, counted ? ThresholdText.parse(PATH + "thresholds", thresholds.getValue()) : null, description.getValue().strip());
        services.catalog().add(services.signedIn().actor(), new AddFeatures(
                idempotencyKey, Check.present("input.product", product.getValue()).key(), List.of(wanted)));
        UI.getCurrent().navigate(FeaturesView.PATH + "/" + wanted.key());
    }

    private @Nullable Integer days() {
        return days.getValue().isBlank() ? null : TypedNumber.parse(days.getValue())
                .filter(typed -> typed.stripTrailingZeros().scale() <= 0 && typed.abs().compareTo(MOST) <= 0).map(BigDecimal::intValueExact)
                .orElseThrow(() -> HeadroomException.invalid(PATH + "rollingDays", translate("rule.number")));
    }
}
