package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.approval.NegotiatedDiscount.Lasting;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.catalog.Offer.CreateOfferResult;
import dev.headroom.catalog.Offer.OfferCreated;
import dev.headroom.catalog.Offer.OfferKeyTaken;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Product;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Words;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.reach.Reach;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks for a new offer, and whether one shall end. */
final class OfferDialogs {

    private static final int DAYS = 30;
    private static final int LONGEST_NUMBER = 9;

    private final SignedIn signedIn;
    private final Catalog catalog;
    private final ReachServices reach;
    private final Instant now;
    private final Runnable changed;

    OfferDialogs(SignedIn signedIn, Catalog catalog, ReachServices reach, Instant now, Runnable changed) {
        this.signedIn = signedIn;
        this.catalog = catalog;
        this.reach = reach;
        this.now = now;
        this.changed = changed;
    }

    void end(Offer offer) {
        new FormDialog(translate("offer.end.of", offer.name()), translate("offer.end.now"), () -> {
            catalog.end(signedIn.actor(), offer.key());
            changed.run();
        }, new Paragraph(translate("offer.end.why")),
                panel(reach.reaches().ofOfferEnd(signedIn.actor(), offer.key()), translate("reach.nobody.offer.end"), offer.key())).open();
    }

    private ReachPanel panel(Reach found, String nobody, String key) {
        return new ReachPanel(reach, signedIn.actor(), found, nobody, "offer-" + key);
    }

    void make() {
        new Making().open();
    }

    /** One form. */
    private final class Making {

        /** Of the form and not of the click: however often it is pressed, one offer is made. */
        private final String idempotencyKey = Ids.next().toString();
        private final Select<Product> product = new Select<>();
        private final MultiSelectComboBox<Plan> plans = new MultiSelectComboBox<>(translate("offer.plans"));
        private final TextField key = new TextField(translate("offer.key"));
        private final TextField name = new TextField(translate("offer.name"));
        private final TextField percent = new TextField(translate("approval.percent"));
        private final Select<Lasting> lasting = new Select<>();
        private final TextField months = new TextField(translate("approval.months"));
        private final DateTimePicker from = new DateTimePicker(translate("offer.begins"));
        private final DateTimePicker until = new DateTimePicker(translate("offer.ends"));
        private final Checkbox existing = new Checkbox(translate("offer.existing"));
        private final TextField cap = new TextField(translate("offer.cap"));

        Making() {
            List<Product> products = catalog.snapshot().products();
            product.setLabel(translate("plan.product"));
            product.setItems(products);
            product.setItemLabelGenerator(Product::name);
            product.addValueChangeListener(change -> plans.setItems(catalog.snapshot().plans().stream()
                    .filter(plan -> plan.own() == null && change.getValue() != null && plan.product().equals(change.getValue().id())).toList()));
            products.stream().findFirst().ifPresent(product::setValue);
            plans.setItemLabelGenerator(Plan::name);
            plans.setHelperText(translate("offer.plans.hint"));
            key.setHelperText(translate("offer.key.hint"));
            name.setHelperText(translate("offer.name.hint"));
            percent.setAllowedCharPattern("[0-9.,]");
            months.setAllowedCharPattern("[0-9]");
            months.setValue("3");
            cap.setAllowedCharPattern("[0-9]");
            cap.setHelperText(translate("offer.cap.hint"));
            lasting.setLabel(translate("approval.lasting"));
            lasting.setItems(Lasting.values());
            lasting.setItemLabelGenerator(Words::of);
            lasting.setValue(Lasting.MONTHS);
            lasting.addValueChangeListener(change -> months.setVisible(change.getValue() == Lasting.MONTHS));
            LocalDateTime begin = LocalDateTime.ofInstant(now.truncatedTo(ChronoUnit.MINUTES), ZoneOffset.UTC);
            from.setValue(begin);
            until.setValue(begin.plusDays(DAYS));
            from.setHelperText(translate("offer.zone.hint"));
            until.setHelperText(translate("offer.ends.hint"));
            List.<Component>of(product, plans, key, name, percent, lasting, months, from, until, cap).forEach(field -> field.getElement().getStyle().set("width", "100%"));
        }

        void open() {
            new FormDialog(translate("offer.new"), translate("offer.make"), () -> {
                CreateOfferResult result = catalog.create(signedIn.actor(), command());
                switch (result) {
                    case OfferCreated _ -> changed.run();
                    case OfferKeyTaken(var other) -> throw HeadroomException.invalid("input.key", translate("offer.key.taken", other.name()));
                }
            }, product, name, key, percent, lasting, months, from, until, plans, existing, cap)
                    .lookingFirst(translate("reach.look.offer"), () -> panel(
                            reach.reaches().ofOffer(signedIn.actor(), command()), translate("reach.nobody.offer"), key.getValue().strip()))
                    .with("input.product", product)
                    .with("input.key", key)
                    .with("input.name", name)
                    .with("input.percentOff", percent)
                    .with("input.months", months)
                    .with("input.from", from)
                    .with("input.until", until)
                    .with("input.redemptionCap", cap)
                    .open();
        }

        private CreateOffer command() {
            return new CreateOffer(
                    idempotencyKey, Check.present("input.product", product.getValue()).key(), key.getValue(), name.getValue(), reduction(), term(),
                    instant("input.from", from), instant("input.until", until), plans.getSelectedItems().stream().map(Plan::key).toList(), existing.getValue(),
                    number("input.redemptionCap", cap));
        }

        private PercentOff reduction() {
            try {
                return new PercentOff(new BigDecimal(percent.getValue().strip().replace(',', '.')));
            } catch (IllegalArgumentException none) {
                throw HeadroomException.invalid("input.percentOff", translate("approval.percent.wrong"));
            }
        }

        private Term term() {
            return switch (Objects.requireNonNull(lasting.getValue())) {
                case ONCE -> new Term.Once();
                case FOREVER -> new Term.Forever();
                case MONTHS -> new Term.Repeating(months());
            };
        }

        private int months() {
            Integer count = number("input.months", months);
            if (count == null || count == 0) {
                throw HeadroomException.invalid("input.months", translate("approval.months.wrong"));
            }
            return count;
        }
    }

    private static @Nullable Integer number(String field, TextField text) {
        String digits = text.getValue().strip();
        if (digits.length() > LONGEST_NUMBER) {
            throw HeadroomException.invalid(field, translate("offer.number.many"));
        }
        return digits.isEmpty() ? null : Integer.valueOf(digits);
    }

    private static Instant instant(String field, DateTimePicker picker) {
        return Check.present(field, picker.getValue()).toInstant(ZoneOffset.UTC);
    }
}
