package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.approval.NegotiatedDiscount.Lasting;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer.OfferDuration;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Product;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Words;
import dev.headroom.error.HeadroomException;
import dev.headroom.sale.SaleSheet;
import dev.headroom.sale.SaleSheet.OfferSheet;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An offer as it is typed: whatever is missing or wrong is kept, and told where the draft is shown. */
final class OfferForm {

    private static final int DAYS = 30;
    private static final int LONGEST_NUMBER = 9;
    private static final int USUAL_MONTHS = 3;

    private final OfferSheet before;
    private final Select<Product> product = new Select<>();
    private final MultiSelectComboBox<Plan> plans = new MultiSelectComboBox<>(translate("offer.plans"));
    private final TextField key = new TextField(translate("offer.key"));
    private final TextField name = new TextField(translate("offer.name"));
    private final TextField percent = new TextField(translate("approval.percent"));
    private final Select<OfferDuration> lasting = new Select<>();
    private final TextField months = new TextField(translate("approval.months"));
    private final DateTimePicker from = new DateTimePicker(translate("offer.begins"));
    private final DateTimePicker until = new DateTimePicker(translate("offer.ends"));
    private final Checkbox existing = new Checkbox(translate("offer.existing"));
    private final TextField cap = new TextField(translate("offer.cap"));

    OfferForm(OfferSheet sheet, CatalogSnapshot known) {
        before = sheet;
        choices(known);
        key.setHelperText(translate("offer.key.hint"));
        name.setHelperText(translate("offer.name.hint"));
        percent.setAllowedCharPattern("[0-9.,]");
        months.setAllowedCharPattern("[0-9]");
        cap.setAllowedCharPattern("[0-9]");
        cap.setHelperText(translate("offer.cap.hint"));
        from.setHelperText(translate("offer.zone.hint"));
        until.setHelperText(translate("offer.ends.hint"));
        List.<Component>of(product, plans, key, name, percent, lasting, months, from, until, cap).forEach(field -> field.getElement().getStyle().set("width", "100%"));
        show(sheet, known);
    }

    private void choices(CatalogSnapshot known) {
        product.setLabel(translate("plan.product"));
        product.setItems(known.products());
        product.setItemLabelGenerator(Product::name);
        product.addValueChangeListener(change -> plans.setItems(known.plans().stream()
                .filter(plan -> plan.own() == null && change.getValue() != null && plan.product().equals(change.getValue().id())).toList()));
        plans.setItemLabelGenerator(Plan::name);
        plans.setHelperText(translate("offer.plans.hint"));
        lasting.setLabel(translate("approval.lasting"));
        lasting.setItems(OfferDuration.values());
        lasting.setItemLabelGenerator(each -> Words.of(Lasting.valueOf(each.name())));
        lasting.addValueChangeListener(change -> months.setVisible(change.getValue() == OfferDuration.MONTHS));
    }

    private void show(OfferSheet sheet, CatalogSnapshot known) {
        known.products().stream().filter(each -> sheet.product() == null || each.key().equals(sheet.product())).findFirst().ifPresent(product::setValue);
        plans.setValue(known.plans().stream().filter(plan -> sheet.plans().contains(plan.key())).toList());
        key.setValue(text(sheet.key()));
        name.setValue(text(sheet.name()));
        percent.setValue(text(sheet.percentOff()));
        lasting.setValue(sheet.duration());
        months.setVisible(sheet.duration() == OfferDuration.MONTHS);
        months.setValue(sheet.months() == null ? String.valueOf(USUAL_MONTHS) : sheet.months().toString());
        from.setValue(local(sheet.from()));
        until.setValue(local(sheet.until()));
        existing.setValue(sheet.existingCustomers());
        cap.setValue(text(sheet.redemptionCap()));
    }

    /** What is likely: from now on, for a while. */
    static OfferSheet blank(Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        return new OfferSheet(null, null, null, null, null, OfferDuration.MONTHS, USUAL_MONTHS, minute, minute.plus(DAYS, ChronoUnit.DAYS), List.of(), false, null);
    }

    FormDialog dialog(String title, Consumer<SaleSheet> done) {
        return new FormDialog(title, translate("sale.save"), () -> done.accept(sheet()), product, name, key, percent, lasting, months, from, until, plans, existing, cap)
                .with("input.product", product).with("input.key", key).with("input.name", name).with("input.percentOff", percent).with("input.duration", lasting)
                .with("input.months", months).with("input.from", from).with("input.until", until).with("input.plans", plans).with("input.redemptionCap", cap);
    }

    /** An amount off, which the form has no field for, stays until a percentage takes its place. */
    private OfferSheet sheet() {
        String off = percent.getValue().strip().replace(',', '.');
        return new OfferSheet(
                Optional.ofNullable(product.getValue()).map(Product::key).orElse(null), key.getValue().strip(), name.getValue(), off.isEmpty() ? null : off,
                off.isEmpty() ? before.amountOff() : null, lasting.getValue(), lasting.getValue() == OfferDuration.MONTHS ? number("input.months", months) : null,
                instant(from), instant(until), plans.getSelectedItems().stream().map(Plan::key).sorted().toList(), existing.getValue(), number("input.redemptionCap", cap));
    }

    private static @Nullable Integer number(String field, TextField text) {
        String digits = text.getValue().strip();
        if (digits.length() > LONGEST_NUMBER) {
            throw HeadroomException.invalid(field, translate("offer.number.many"));
        }
        return digits.isEmpty() ? null : Integer.valueOf(digits);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static @Nullable LocalDateTime local(@Nullable Instant at) {
        return at == null ? null : LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(DateTimePicker picker) {
        return picker.getValue() == null ? null : picker.getValue().toInstant(ZoneOffset.UTC);
    }
}
