package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.headroom.draft.DraftEdit;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.Model;
import dev.headroom.sheet.PriceLine.PackageLine;
import dev.headroom.sheet.PriceLine.TierLine;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The numbers of a price, those of its charge model alone; what was typed for another one is kept beside it. */
final class PriceFields extends Div {

    private final String path;
    private final AmountField flat = new AmountField(translate("draft.price.flat"), true);
    private final AmountField perSeat;
    private final CountField size = new CountField(translate("draft.price.size"), Long.MAX_VALUE);
    private final AmountField each = new AmountField(translate("draft.price.package"), false);
    private final TierFields tiers;

    /** @param tier whether what is counted are seats */
    PriceFields(Fields fields, String path, boolean tier, Supplier<Optional<DraftEdit>> part) {
        this.path = path;
        perSeat = new AmountField(translate(tier ? "draft.price.seat" : "draft.price.each"), false);
        tiers = new TierFields(fields, part);
        fields.name(path + ".flat", flat);
        fields.name(path + ".perSeat", perSeat);
        fields.name(path + ".packaged.size", size);
        fields.name(path + ".packaged.each", each);
        List.of(flat, perSeat, size, each).forEach(field -> fields.saves(field, part));
        addClassName("numbers");
        add(flat, perSeat, size, each, tiers);
    }

    void show(PriceLine line, @Nullable Currency in) {
        Model chosen = line.chosen().orElse(Model.FLAT);
        flat.setVisible(chosen == Model.FLAT);
        perSeat.setVisible(chosen == Model.PER_SEAT);
        size.setVisible(chosen == Model.PACKAGED);
        each.setVisible(chosen == Model.PACKAGED);
        tiers.setVisible(tiered(chosen));
        flat.show(line.flat(), in);
        perSeat.show(line.perSeat(), in);
        size.show(line.packaged() == null ? null : line.packaged().size());
        each.show(line.packaged() == null ? null : line.packaged().each(), in);
        tiers.show(path + (chosen == Model.GRADUATED ? ".graduated" : ".volume"), line.tiers(), in);
    }

    private static boolean tiered(Model model) {
        return model == Model.VOLUME || model == Model.GRADUATED;
    }

    /** The line with what stands here for that charge model and currency. */
    PriceLine read(PriceLine line, @Nullable Model chosen, @Nullable String currency, @Nullable Currency in) {
        boolean same = chosen == line.chosen().orElse(null);
        List<TierLine> steps = same ? tiers.read(in) : line.tiers();
        return new PriceLine(
                line.id(), line.interval(), currency, chosen,
                chosen == Model.FLAT ? flat.readCharged(in) : line.flat(),
                chosen == Model.PER_SEAT ? perSeat.read(in) : line.perSeat(),
                chosen == Model.VOLUME ? begun(steps, line.volume()) : line.volume(),
                chosen == Model.GRADUATED ? begun(steps, line.graduated()) : line.graduated(),
                chosen == Model.PACKAGED ? packaged(in) : line.packaged());
    }

    /** Those of the other tiered model, or what stood here before, or one without an end. */
    private static List<TierLine> begun(List<TierLine> steps, @Nullable List<TierLine> before) {
        if (steps.isEmpty() && before != null && !before.isEmpty()) {
            return before;
        }
        return steps.isEmpty() ? List.of(new TierLine(null, null, null)) : steps;
    }

    private PackageLine packaged(@Nullable Currency in) {
        return new PackageLine(size.read(), each.read(in));
    }

    /** Whether that charge model has a number here that cannot be read. */
    boolean unreadable(@Nullable Model chosen) {
        return chosen != null && switch (chosen) {
            case FLAT -> flat.unreadable();
            case PER_SEAT -> perSeat.unreadable();
            case VOLUME, GRADUATED -> tiers.unreadable();
            case PACKAGED -> size.unreadable() || each.unreadable();
        };
    }
}
