package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.catalog.CreateProduct.NewFilter;
import dev.headroom.catalog.CreateProduct.NewMeter;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.console.FormDialog;
import dev.headroom.error.HeadroomException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How events become usage of a new feature. */
final class MeterFields extends Div {

    private static final String FILTER = "input.features[0].meter.filter";

    private final Select<Aggregation> aggregation = new Select<>();
    private final TextField property = new TextField(translate("feature.property"));
    private final TextArea filter = new TextArea(translate("feature.filters"));
    private final TextField groups = new TextField(translate("feature.group"));
    private final Select<Feature> source = new Select<>();

    MeterFields() {
        addClassName("choice");
        aggregation.setLabel(translate("feature.aggregation"));
        aggregation.setItems(Aggregation.values());
        aggregation.setItemLabelGenerator(FeatureText::aggregation);
        aggregation.setValue(Aggregation.SUM);
        aggregation.addValueChangeListener(change -> ask());
        source.setLabel(translate("feature.source.field"));
        source.setItemLabelGenerator(feature -> feature == null ? translate("feature.source.own") : feature.name());
        source.setEmptySelectionAllowed(true);
        source.setEmptySelectionCaption(translate("feature.source.own"));
        source.setPlaceholder(translate("feature.source.own"));
        filter.setHelperText(translate("feature.filters.hint"));
        groups.setHelperText(translate("feature.group.hint"));
        add(aggregation, property, filter, groups, source);
        ask();
    }

    private void ask() {
        property.setVisible(aggregation.getValue() != Aggregation.COUNT);
        property.setHelperText(translate(aggregation.getValue() == Aggregation.UNIQUE ? "feature.property.unique" : "feature.property.hint"));
        groups.setVisible(aggregation.getValue() != Aggregation.UNIQUE);
    }

    /** Whose events can be counted. */
    void of(List<Feature> sources) {
        source.setItems(sources);
        source.setVisible(!sources.isEmpty());
    }

    void name(FormDialog form, String path) {
        form.with(path + ".aggregation", aggregation).with(path + ".property", property).with(path + ".filter", filter).with(path + ".filter.values", filter)
                .with(path + ".groupBy", groups).with(path + ".source", source);
    }

    NewMeter read() {
        return new NewMeter(
                aggregation.getValue(), property.isVisible() ? text(property.getValue()) : null, filters(), groups.isVisible() ? words(groups.getValue()) : List.of(),
                source.getOptionalValue().map(Feature::key).orElse(null));
    }

    private static @Nullable String text(String typed) {
        return typed.isBlank() ? null : typed.strip();
    }

    private static List<String> words(String typed) {
        return Stream.of(typed.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    private List<NewFilter> filters() {
        return filter.getValue().lines().map(String::strip).filter(line -> !line.isEmpty()).map(MeterFields::filter).toList();
    }

    private static NewFilter filter(String line) {
        int sign = line.indexOf('=');
        if (sign < 1) {
            throw HeadroomException.invalid(FILTER, translate("feature.filters.wrong", line));
        }
        return new NewFilter(line.substring(0, sign).strip(), words(line.substring(sign + 1)));
    }
}
