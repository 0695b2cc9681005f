package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.console.catalog.PriceText;
import dev.headroom.quote.Quote;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Interval;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Which plan, how often billed, how many seats, what beside it, and when: begins with the next plan up, because that is what the dialog is mostly for. */
@StyleSheet("quoting.css")
final class Choice extends Div {

    private static final int MOST_SEATS = 1_000_000;
    private static final int PATIENCE_MILLIS = 300;

    private final AccountSubscription subscription;
    private final CatalogSnapshot catalog;
    private final Consumer<RequestedChange> chosen;
    private final Consumer<String> unclear;
    private final RadioButtonGroup<PlanVersion> plan = new RadioButtonGroup<>(translate("change.plan"));
    private final RadioButtonGroup<Interval> interval = new RadioButtonGroup<>(translate("change.interval"));
    private final IntegerField seats = new IntegerField(translate("change.seats"));
    private final AddOnChoice addOns;
    private final OfferChoice offers;
    private final WhenChoice when;
    private final PeriodsChoice periods;
    private final Div terms = new Div();

    /**
     * @param takeable the offers that the subscription could take
     * @param companions the subscriptions to whose periods it could be brought
     * @param unclear  is told what is missing when nothing can be asked: some number is none, or a day is still to be chosen
     */
    Choice(
            AccountSubscription subscription, CatalogSnapshot catalog, List<Offer> takeable, List<AccountSubscription> companions, ZoneId zone,
            Consumer<RequestedChange> chosen, Consumer<String> unclear) {
        this.subscription = subscription;
        this.catalog = catalog;
        this.chosen = chosen;
        this.unclear = unclear;
        addClassName("choice");
        preparePlan();
        prepareInterval();
        prepareSeats();
        this.addOns = new AddOnChoice(subscription, catalog, this::changed);
        this.offers = new OfferChoice(this::changed);
        offers.offering(takeable);
        this.when = new WhenChoice(zone, this::changed);
        this.periods = new PeriodsChoice(companions, catalog, zone, this::changed);
        terms.addClassName("choice");
        terms.add(plan, interval, seats, addOns, offers, when, when.date());
        add(terms, periods);
    }

    private PlanVersion current() {
        return subscription.planVersion(catalog);
    }

    private void preparePlan() {
        List<PlanVersion> offered = new ArrayList<>(catalog.onSale(subscription.product(), Plan.Kind.TIER, subscription.account().value()));
        Plan own = current().plan();
        offered.removeIf(version -> version.plan().equals(own));
        offered.add((int) offered.stream().filter(version -> version.plan().rank() < own.rank()).count(), current());
        plan.setItems(offered);
        plan.setRenderer(new ComponentRenderer<>(this::option));
        plan.setValue(offered.stream().filter(version -> version.plan().rank() > own.rank()).findFirst().orElseGet(this::current));
        plan.addValueChangeListener(change -> changed());
    }

    private Div option(PlanVersion version) {
        boolean own = version.equals(current());
        Span name = new Span(own ? translate("change.plan.current", named(version)) : named(version));
        Span price = new Span(PriceText.of(version, subscription.balance().currency()));
        price.addClassName("quiet");
        Div option = new Div(name, price);
        option.addClassName("stacked");
        return option;
    }

    /** An account's own price is mostly called as what it is in the place of. */
    private static String named(PlanVersion version) {
        return version.plan().own() == null ? version.plan().name() : translate("ownprice.option", version.plan().name());
    }

    private void prepareInterval() {
        interval.setItems(Interval.values());
        interval.setItemLabelGenerator(each -> translate("change.interval.by", Words.of(each)));
        interval.setValue(subscription.interval());
        interval.addValueChangeListener(change -> changed());
    }

    private void prepareSeats() {
        seats.setMin(1);
        seats.setMax(MOST_SEATS);
        seats.setStepButtonsVisible(true);
        seats.setHelperText(translate("change.seats.all"));
        seats.setValueChangeMode(ValueChangeMode.LAZY);
        seats.setValueChangeTimeout(PATIENCE_MILLIS);
        seats.setErrorMessage(translate("field.range", Figures.number(MOST_SEATS)));
        // Judged here and not by the field: whatever is no number arrives as nothing, and nothing would be no error to it.
        seats.setManualValidation(true);
        seats.setValue((int) subscription.planItem().quantity());
        seats.addValueChangeListener(change -> changed());
    }

    private void changed() {
        Optional<RequestedChange> together = periods.wanted(product());
        // It is asked for alone: what is chosen of the rest comes back with it.
        terms.setVisible(together.isEmpty());
        together.ifPresentOrElse(chosen, this::changedTerms);
    }

    private void changedTerms() {
        boolean asked = soldBySeat();
        boolean wrong = asked && count().isEmpty();
        seats.setVisible(asked);
        seats.setInvalid(wrong);
        when.explainNothing();
        if (wrong || addOns.unclear()) {
            unclear.accept(translate("change.awaited"));
        } else if (when.unclear()) {
            unclear.accept(translate("change.end.awaited"));
        } else {
            chosen.accept(wanted());
        }
    }

    private Optional<Long> count() {
        return Optional.ofNullable(seats.getValue()).filter(count -> count >= 1 && count <= MOST_SEATS).map(Integer::longValue);
    }

    /** Asks for what is chosen now; until then nobody was asked. */
    void begin() {
        changed();
    }

    void explain(Quote quote) {
        when.explain(quote);
    }

    /** Only what shall be different: of all else, something else may be waiting for the end of the period. */
    private RequestedChange wanted() {
        boolean moves = !plan.getValue().equals(current());
        Interval billed = interval.getValue().equals(subscription.interval()) ? null : interval.getValue();
        Long seated = count().filter(count -> soldBySeat() && (moves || count != subscription.planItem().quantity())).orElse(null);
        return when.of(new RequestedChange(
                product(), moves ? plan.getValue().plan().key() : null, billed, seated,
                addOns.wanted().isEmpty() ? null : addOns.wanted(), null, null, null, null, null, offers.wanted(), null, null));
    }

    private String product() {
        return catalog.product(subscription.product()).key();
    }

    private boolean soldBySeat() {
        return plan.getValue()
                .price(interval.getValue(), subscription.balance().currency())
                .filter(price -> !TermsText.flat(price))
                .isPresent();
    }
}
