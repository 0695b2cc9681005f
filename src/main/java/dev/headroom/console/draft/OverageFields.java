package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import dev.headroom.console.diff.DiffText;
import dev.headroom.draft.DraftEdit;
import dev.headroom.money.Currencies;
import dev.headroom.sheet.EntitlementLine.OverageLine;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What each unit beyond what is included costs, by currency. */
final class OverageFields extends Div {

    private final Fields fields;
    private final String path;
    private final Supplier<Optional<DraftEdit>> part;
    private final Div rows = new Div();
    private final List<Row> shown = new ArrayList<>();
    private List<OverageLine> lines = new ArrayList<>();

    private record Row(Select<String> currency, AmountField unit) {

        OverageLine read() {
            return new OverageLine(currency.getValue(), unit.read(DiffText.currency(currency.getValue()).orElse(null)));
        }
    }

    OverageFields(Fields fields, String path, Supplier<Optional<DraftEdit>> part) {
        this.fields = fields;
        this.path = path;
        this.part = part;
        addClassName("tiers");
        Button more = new Button(translate("draft.overage.add"), VaadinIcon.PLUS.create(), click -> changed(() -> lines.add(next())));
        more.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        add(rows, more);
    }

    void show(List<OverageLine> overage) {
        if (overage.size() != shown.size()) {
            build(overage.size());
        }
        lines = new ArrayList<>(overage);
        for (int i = 0; i < overage.size(); i++) {
            Row row = shown.get(i);
            @Nullable String code = overage.get(i).currency();
            row.currency().setItems(PriceEditor.currencies(code));
            row.currency().setValue(code);
            row.unit().show(overage.get(i).unitMinor(), DiffText.currency(code).orElse(null));
        }
    }

    private void build(int size) {
        fields.forget(path + "[");
        rows.removeAll();
        shown.clear();
        for (int i = 0; i < size; i++) {
            rows.add(row(i));
        }
    }

    private Div row(int at) {
        Row row = new Row(new Select<>(), new AmountField(translate("draft.overage.unit"), false));
        row.currency().setLabel(translate("draft.price.currency"));
        row.currency().setManualValidation(true);
        fields.name(path + "[" + at + "].currency", row.currency());
        fields.name(path + "[" + at + "].unitMinor", row.unit());
        fields.saves(row.currency(), part);
        fields.saves(row.unit(), part);
        shown.add(row);
        Button out = new Button(VaadinIcon.TRASH.create(), click -> changed(() -> lines.remove(at)));
        out.addThemeVariants(ButtonVariant.TERTIARY);
        out.setAriaLabel(translate("draft.overage.remove", at + 1));
        out.setTooltipText(translate("draft.overage.remove", at + 1));
        Div line = new Div(row.currency(), row.unit(), out);
        line.addClassName("tier");
        line.getElement().setAttribute("role", "group");
        line.getElement().setAttribute("aria-label", translate("draft.overage", at + 1));
        return line;
    }

    private OverageLine next() {
        List<@Nullable String> used = lines.stream().map(OverageLine::currency).toList();
        return new OverageLine(Currencies.supported().stream().map(Currency::getCurrencyCode).filter(code -> !used.contains(code)).findFirst().orElse(null), null);
    }

    /** Not while something in them cannot be read, which would be lost. */
    private void changed(Runnable change) {
        if (!unreadable()) {
            change.run();
            shown.clear();
            fields.save(part);
        }
    }

    /** While the number of them has just changed, the lines are ahead of the fields. */
    List<OverageLine> read() {
        return shown.size() == lines.size() ? shown.stream().map(Row::read).toList() : List.copyOf(lines);
    }

    boolean unreadable() {
        return shown.stream().map(Row::unit).anyMatch(Typed::unreadable);
    }
}
