package dev.headroom.console.alternative;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.console.Figures;
import dev.headroom.console.alternative.Comparison.Option;
import dev.headroom.quote.Quote.Allowance;
import dev.headroom.shown.ShownQuote.Difference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Limits and features that are not the same in all of them; what all have is no reason to choose. */
record FeatureRows(Comparison comparison) {

    List<Feature> features() {
        return comparison.catalog().featuresOf(comparison.subscription().product()).stream().filter(feature -> found(feature).findAny().isPresent()).toList();
    }

    private Stream<Difference> found(Feature feature) {
        return comparison.options().stream().flatMap(option -> of(option, feature).stream());
    }

    private static Optional<Difference> of(Option option, Feature feature) {
        return Optional.ofNullable(option.shown()).flatMap(shown -> shown.differences().stream().filter(each -> each.feature().equals(feature.id())).findFirst());
    }

    /** As things are. */
    Component staying(Feature feature) {
        return amount(feature, found(feature).findFirst().map(Difference::before).orElse(null));
    }

    Component cell(Option option, Feature feature) {
        if (option.shown() == null) {
            return new Text(SideBySide.NOTHING);
        }
        return of(option, feature).map(each -> different(feature, each)).orElseGet(() -> staying(feature));
    }

    private static Component different(Feature feature, Difference difference) {
        boolean replaced = feature.kind() == FeatureKind.SETTING && difference.before() != null && difference.after() != null;
        Span tag = new Span(translate(replaced ? "quote.changes" : difference.gain() ? "quote.gains" : "quote.losses"));
        tag.addClassNames("tag", replaced ? "replaced" : difference.gain() ? "gained" : "lost");
        Div cell = new Div(amount(feature, difference.after()), tag);
        cell.addClassName("stacked");
        return cell;
    }

    private static Component amount(Feature feature, @Nullable Allowance allowance) {
        if (allowance == null) {
            return sign(VaadinIcon.MINUS, "no", translate("entitlement.absent"));
        }
        return switch (feature.kind()) {
            case GATE -> sign(VaadinIcon.CHECK, "yes", translate("entitlement.included"));
            case SETTING -> new Span(Objects.requireNonNullElse(allowance.setting(), ""));
            case METER, ALLOWANCE -> new Span(Figures.limit(allowance.included()));
        };
    }

    /** A matrix is read by its shapes. */
    private static Component sign(VaadinIcon icon, String kind, String word) {
        Icon sign = icon.create();
        sign.getElement().setAttribute("aria-hidden", "true");
        Span cell = new Span(sign, new Span(word));
        cell.addClassNames("sign", kind);
        return cell;
    }
}
