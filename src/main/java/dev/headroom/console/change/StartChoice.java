package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.account.Account;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.Product;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.catalog.PriceText;
import dev.headroom.start.RequestedStart;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.time.Interval;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What to begin with: the product where there are several, then plan, interval, seats, offers, and a trial or a subscription with whose periods its own
 * end; it begins with the lowest plan.
 */
final class StartChoice extends Div {

    private static final int MOST_SEATS = 1_000_000;
    /** Stripe's own limit. */
    private static final int LONGEST_TRIAL_DAYS = 730;
    private static final int PATIENCE_MILLIS = 300;

    private final StartTalk talk;
    private final Consumer<RequestedStart> chosen;
    private final Consumer<String> unclear;
    private final RadioButtonGroup<Product> product = new RadioButtonGroup<>(translate("start.product"));
    private final RadioButtonGroup<PlanVersion> plan = new RadioButtonGroup<>(translate("change.plan"));
    private final RadioButtonGroup<Interval> interval = new RadioButtonGroup<>(translate("change.interval"));
    private final IntegerField seats = new IntegerField(translate("change.seats"));
    private final OfferChoice offers = new OfferChoice(() -> settle(() -> {}));
    private final Select<AccountSubscription> together = new Select<>();
    private final IntegerField trial = new IntegerField(translate("start.trial"));
    private boolean settling;

    /** @param unclear is told what is missing while some number is none that can be bought */
    StartChoice(List<Product> products, StartTalk talk, Consumer<RequestedStart> chosen, Consumer<String> unclear) {
        this.talk = talk;
        this.chosen = chosen;
        this.unclear = unclear;
        addClassName("choice");
        product.setItems(products);
        product.setItemLabelGenerator(Product::name);
        product.setVisible(products.size() > 1);
        plan.setRenderer(new ComponentRenderer<>(this::option));
        interval.setItemLabelGenerator(each -> translate("change.interval.by", Words.of(each)));
        number(seats, 1, MOST_SEATS, 1);
        number(trial, 0, LONGEST_TRIAL_DAYS, 0);
        trial.setHelperText(translate("start.trial.none"));
        product.addValueChangeListener(change -> settle(this::plans));
        plan.addValueChangeListener(change -> settle(this::intervals));
        interval.addValueChangeListener(change -> settle(() -> {}));
        prepareTogether();
        add(product, plan, interval, seats, offers, together, trial);
    }

    /** With what will go on; what ends or was not paid ends nothing else. */
    private void prepareTogether() {
        List<AccountSubscription> running = talk.running().stream().filter(each -> each.state() == SubscriptionState.ACTIVE && each.renews()).toList();
        together.setLabel(translate("start.together"));
        together.setHelperText(translate("start.together.why"));
        together.setEmptySelectionAllowed(true);
        together.setEmptySelectionCaption(translate("start.together.own"));
        together.setItemLabelGenerator(each -> each == null ? translate("start.together.own") : translate(
                "start.together.with", each.planVersion(talk.catalog()).plan().name(), When.dayText(each.period().until(), talk.account().zone())));
        together.setItems(running);
        together.setVisible(!running.isEmpty());
        together.addValueChangeListener(change -> settle(() -> {}));
    }

    /** Those of which something can be bought, by an account, that does not run already. */
    static List<Product> products(CatalogSnapshot catalog, Account account, Stream<Product> running) {
        List<Product> taken = running.toList();
        return catalog.products().stream().filter(each -> !taken.contains(each) && !sold(catalog, each, account).isEmpty()).toList();
    }

    private static List<PlanVersion> sold(CatalogSnapshot catalog, Product product, Account account) {
        return catalog.onSale(product.id(), Plan.Kind.TIER, account.id().value()).stream().filter(version -> intervals(version, account.currency()).findAny().isPresent()).toList();
    }

    private static Stream<Interval> intervals(PlanVersion version, Currency currency) {
        return Stream.of(Interval.values()).filter(each -> version.price(each, currency).isPresent());
    }

    private void number(IntegerField field, int least, int most, int first) {
        field.setMin(least);
        field.setMax(most);
        field.setStepButtonsVisible(true);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(PATIENCE_MILLIS);
        field.setErrorMessage(least == 0 ? translate("change.addOns.range", Figures.number(most)) : translate("field.range", Figures.number(most)));
        // Judged here and not by the field: whatever is no number arrives as nothing, and nothing would be no error to it.
        field.setManualValidation(true);
        field.setValue(first);
        field.addValueChangeListener(change -> settle(() -> {}));
    }

    private Div option(PlanVersion version) {
        Span price = new Span(PriceText.of(version, currency()));
        price.addClassName("quiet");
        Div option = new Div(new Span(version.plan().name()), price);
        option.addClassName("stacked");
        return option;
    }

    /** Asks for what is chosen now; until then nobody was asked. */
    void begin() {
        product.getListDataView().getItems().findFirst().ifPresent(product::setValue);
    }

    /** What is chosen first decides what there is to choose then; once all of it is settled, it is asked for, once. */
    private void settle(Runnable step) {
        if (settling) {
            return;
        }
        settling = true;
        step.run();
        settling = false;
        tell();
    }

    private void plans() {
        List<PlanVersion> offered = sold(talk.catalog(), product.getValue(), talk.account());
        plan.setItems(offered);
        plan.setValue(offered.getFirst());
        intervals();
    }

    private void intervals() {
        List<Interval> sold = intervals(plan.getValue(), currency()).toList();
        Interval before = interval.getValue();
        interval.setItems(sold);
        interval.setValue(sold.contains(before) ? before : sold.getFirst());
        offers.offering(talk.offers(plan.getValue().plan()));
    }

    private void tell() {
        boolean seated = price().filter(price -> !TermsText.flat(price)).isPresent();
        boolean wrongSeats = seated && within(seats, 1, MOST_SEATS).isEmpty();
        AccountSubscription other = together.getValue();
        boolean wrongTrial = other == null && within(trial, 0, LONGEST_TRIAL_DAYS).isEmpty();
        // A trial has no period that could end with another's.
        trial.setVisible(other == null);
        seats.setVisible(seated);
        seats.setInvalid(wrongSeats);
        trial.setInvalid(wrongTrial);
        if (wrongSeats || wrongTrial) {
            unclear.accept(translate("change.awaited"));
        } else {
            chosen.accept(new RequestedStart(
                    plan.getValue().plan().key(), interval.getValue(), seated ? Long.valueOf(seats.getValue()) : null,
                    other == null ? trial.getValue() : null, other == null ? null : other.id().toString(), null, offers.wanted()));
        }
    }

    private Optional<PlanPrice> price() {
        return plan.getValue().price(interval.getValue(), currency());
    }

    private Currency currency() {
        return talk.account().currency();
    }

    private static Optional<Integer> within(IntegerField field, int least, int most) {
        return Optional.ofNullable(field.getValue()).filter(value -> value >= least && value <= most);
    }
}
