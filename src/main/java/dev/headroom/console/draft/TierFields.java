package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.headroom.draft.DraftEdit;
import dev.headroom.sheet.PriceLine.TierLine;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of a tiered price, one below the other; the last one has no end. */
final class TierFields extends Div {

    private final Fields fields;
    private final Supplier<Optional<DraftEdit>> part;
    private final Div steps = new Div();
    private final List<Step> shown = new ArrayList<>();
    private final List<TierLine> lines = new ArrayList<>();
    private String path = "";

    private record Step(CountField upTo, AmountField unit, AmountField fee) {

        Stream<Typed> typed() {
            return Stream.of(upTo, unit, fee);
        }

        TierLine read(@Nullable Currency in) {
            return new TierLine(upTo.read(), unit.read(in), fee.readCharged(in));
        }
    }

    TierFields(Fields fields, Supplier<Optional<DraftEdit>> part) {
        this.fields = fields;
        this.part = part;
        addClassName("tiers");
        Button more = new Button(translate("draft.tier.add"), VaadinIcon.PLUS.create(), click -> add());
        more.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        add(steps, more);
    }

    /** @param at the path of the tiers; changes with the charge model */
    void show(String at, List<TierLine> tiers, @Nullable Currency in) {
        if (!at.equals(path) || tiers.size() != shown.size()) {
            build(at, tiers.size());
        }
        lines.clear();
        lines.addAll(tiers);
        for (int i = 0; i < tiers.size(); i++) {
            shown.get(i).upTo().show(tiers.get(i).upTo());
            shown.get(i).unit().show(tiers.get(i).unit(), in);
            shown.get(i).fee().show(tiers.get(i).fee(), in);
        }
    }

    private void build(String at, int size) {
        fields.forget(path.isEmpty() ? at : path);
        path = at;
        steps.removeAll();
        shown.clear();
        for (int i = 0; i < size; i++) {
            steps.add(row(i, i == size - 1));
        }
    }

    private Div row(int at, boolean last) {
        Step step = new Step(
                new CountField(translate("draft.tier.upTo", at + 1), Long.MAX_VALUE), new AmountField(translate("draft.tier.unit"), false),
                new AmountField(translate("draft.tier.fee"), true));
        step.upTo().setPlaceholder(last ? translate("draft.tier.open") : "");
        fields.name(path + "[" + at + "].upTo", step.upTo());
        fields.name(path + "[" + at + "].unit", step.unit());
        fields.name(path + "[" + at + "].fee", step.fee());
        Stream.of(step.upTo(), step.unit(), step.fee()).forEach(field -> fields.saves(field, part));
        shown.add(step);
        Button out = new Button(VaadinIcon.TRASH.create(), click -> remove(at));
        out.addThemeVariants(ButtonVariant.TERTIARY);
        out.setAriaLabel(translate("draft.tier.remove", at + 1));
        out.setTooltipText(translate("draft.tier.remove", at + 1));
        Div row = new Div(step.upTo(), step.unit(), step.fee(), out);
        row.addClassName("tier");
        row.getElement().setAttribute("role", "group");
        row.getElement().setAttribute("aria-label", translate("draft.tier", at + 1));
        return row;
    }

    /** A further one at the end; what was the last is to end somewhere now. */
    private void add() {
        changed(() -> lines.add(new TierLine(null, null, null)));
        if (shown.size() > 1) {
            shown.get(shown.size() - 2).upTo().focus();
        }
    }

    private void remove(int at) {
        changed(() -> lines.remove(at));
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
    List<TierLine> read(@Nullable Currency in) {
        return shown.size() == lines.size() ? shown.stream().map(step -> step.read(in)).toList() : List.copyOf(lines);
    }

    boolean unreadable() {
        return shown.stream().flatMap(Step::typed).anyMatch(Typed::unreadable);
    }
}
