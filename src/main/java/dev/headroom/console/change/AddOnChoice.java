package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Figures;
import dev.headroom.console.catalog.PriceText;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange.AddOnQuantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How many of each add-on to have in all: what is sold once is on or off, the rest is counted; it begins with what is held. */
@StyleSheet("quoting.css")
final class AddOnChoice extends Div {

    private static final int MOST_OF_ONE = 10_000;
    private static final int PATIENCE_MILLIS = 300;

    private final Currency currency;
    private final Runnable changed;
    private final List<Offered> offered = new ArrayList<>();

    /** @param count empty while what the field holds is no number that can be bought */
    private record Offered(String key, long held, Supplier<Optional<Long>> count) {}

    AddOnChoice(AccountSubscription subscription, CatalogSnapshot catalog, Runnable changed) {
        this.currency = subscription.balance().currency();
        this.changed = changed;
        addClassName("add-ons");
        Span label = new Span(translate("change.addOns"));
        label.setId("change-add-ons");
        label.addClassName("group-label");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-labelledby", "change-add-ons");
        add(label);
        Map<Plan, Long> held = new LinkedHashMap<>();
        subscription.addOns(catalog).forEach(item -> held.merge(catalog.version(item.planVersion()).plan(), item.quantity(), Long::sum));
        versions(subscription, catalog).forEach(version -> add(field(version, held.getOrDefault(version.plan(), 0L))));
        setVisible(!offered.isEmpty());
    }

    /** What is held stays on the version that was sold, also when that is not on sale any more. */
    private List<PlanVersion> versions(AccountSubscription subscription, CatalogSnapshot catalog) {
        Map<Plan, PlanVersion> versions = new LinkedHashMap<>();
        catalog.onSale(subscription.product(), Plan.Kind.ADD_ON, subscription.account().value()).stream()
                .filter(version -> version.prices().stream().anyMatch(price -> price.price().currency().equals(currency)))
                .forEach(version -> versions.put(version.plan(), version));
        subscription.addOns(catalog).stream().map(item -> catalog.version(item.planVersion())).forEach(version -> versions.put(version.plan(), version));
        return versions.values().stream().sorted(Comparator.comparingInt(version -> version.plan().rank())).toList();
    }

    private Component field(PlanVersion version, long held) {
        boolean once = version.prices().stream().filter(price -> price.price().currency().equals(currency)).allMatch(TermsText::flat);
        return once ? onOrOff(version, held) : counted(version, held);
    }

    private Checkbox onOrOff(PlanVersion version, long held) {
        Checkbox field = new Checkbox(version.plan().name(), held > 0);
        field.setHelperText(PriceText.of(version, currency));
        field.addValueChangeListener(change -> changed.run());
        offered.add(new Offered(version.plan().key(), held, () -> Optional.of(field.getValue() ? 1L : 0L)));
        return field;
    }

    private IntegerField counted(PlanVersion version, long held) {
        IntegerField field = new IntegerField(version.plan().name());
        field.setMin(0);
        field.setMax(MOST_OF_ONE);
        field.setStepButtonsVisible(true);
        field.setHelperText(PriceText.of(version, currency));
        field.setErrorMessage(translate("change.addOns.range", Figures.number(MOST_OF_ONE)));
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(PATIENCE_MILLIS);
        // Judged here and not by the field, as the seats are.
        field.setManualValidation(true);
        field.setValue((int) held);
        Supplier<Optional<Long>> count =
                () -> Optional.ofNullable(field.getValue()).filter(value -> value >= 0 && value <= MOST_OF_ONE).map(Integer::longValue);
        field.addValueChangeListener(change -> {
            field.setInvalid(count.get().isEmpty());
            changed.run();
        });
        offered.add(new Offered(version.plan().key(), held, count));
        return field;
    }

    /** Whether some number is none that can be bought. */
    boolean unclear() {
        return offered.stream().anyMatch(each -> each.count().get().isEmpty());
    }

    /** Those that shall be different; the others are not named, so that what waits for them stays as it is. */
    List<AddOnQuantity> wanted() {
        return offered.stream()
                .flatMap(each -> each.count().get().filter(count -> count != each.held()).map(count -> new AddOnQuantity(each.key(), count)).stream())
                .toList();
    }
}
