package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.entitlement.RollOuts;
import dev.headroom.entitlement.RollOuts.RollOut;
import dev.headroom.entitlement.Unlocks;
import dev.headroom.entitlement.Unlocks.UnlockRule;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can be done with roll-outs and unlock rules. */
final class RuleDialogs {

    private final SignedIn signedIn;
    private final RollOuts rollOuts;
    private final Unlocks unlocks;
    private final CatalogSnapshot catalog;
    private final Runnable changed;

    RuleDialogs(SignedIn signedIn, RollOuts rollOuts, Unlocks unlocks, CatalogSnapshot catalog, Runnable changed) {
        this.signedIn = signedIn;
        this.rollOuts = rollOuts;
        this.unlocks = unlocks;
        this.catalog = catalog;
        this.changed = changed;
    }

    /** @param now absent for a new one */
    void rollOut(@Nullable RollOut now) {
        ComboBox<Feature> gate = gate(now == null ? null : now.feature());
        TextField percent = digits(translate("rule.rollOut.share"), translate("rule.rollOut.hint"), now == null ? "" : String.valueOf(now.percent()));
        new FormDialog(translate(now == null ? "rule.rollOut.new" : "rule.rollOut.change"), translate("rule.rollOut.save"), () -> {
            rollOuts.set(signedIn.actor(), chosen("input.feature", gate), (int) Math.min(Integer.MAX_VALUE, whole("input.percent", percent)));
            changed.run();
        }, gate, percent).with("input.feature", gate).with("input.percent", percent).open();
    }

    void end(RollOut rollOut) {
        String gate = catalog.feature(rollOut.feature()).name();
        new FormDialog(translate("rule.rollOut.end.of", gate), translate("rule.rollOut.end"), () -> {
            rollOuts.set(signedIn.actor(), catalog.feature(rollOut.feature()).key(), 0);
            changed.run();
        }, new Paragraph(translate("rule.rollOut.end.meaning"))).open();
    }

    /** @param now absent for a new one */
    void unlock(@Nullable UnlockRule now) {
        ComboBox<Feature> gate = gate(now == null ? null : now.feature());
        ComboBox<Feature> meter = features(translate("rule.unlock.meter"), each -> each.meter() != null);
        TextField units = digits(translate("rule.unlock.units"), translate("rule.unlock.hint"), now == null ? "" : String.valueOf(now.units()));
        if (now != null) {
            meter.setValue(catalog.feature(now.meter()));
        }
        new FormDialog(translate(now == null ? "rule.unlock.new" : "rule.unlock.change"), translate("rule.unlock.save"), () -> {
            unlocks.set(signedIn.actor(), chosen("input.feature", gate), chosen("input.meter", meter), whole("input.units", units));
            changed.run();
        }, gate, meter, units).with("input.feature", gate).with("input.meter", meter).with("input.units", units).open();
    }

    void end(UnlockRule rule) {
        String gate = catalog.feature(rule.feature()).name();
        new FormDialog(translate("rule.unlock.end.of", gate), translate("rule.unlock.end"), () -> {
            unlocks.remove(signedIn.actor(), catalog.feature(rule.feature()).key());
            changed.run();
        }, new Paragraph(translate("rule.unlock.end.meaning"))).open();
    }

    /** Which gate a rule is about is what it is known by. */
    private ComboBox<Feature> gate(@Nullable FeatureId now) {
        ComboBox<Feature> gate = features(translate("feature.name"), each -> each.kind() == FeatureKind.GATE);
        if (now != null) {
            gate.setValue(catalog.feature(now));
            gate.setReadOnly(true);
        }
        return gate;
    }

    private ComboBox<Feature> features(String label, Predicate<Feature> which) {
        ComboBox<Feature> features = new ComboBox<>(label);
        features.setItems(catalog.features().stream().filter(which).toList());
        features.setItemLabelGenerator(each -> translate("grant.feature", each.name(), catalog.product(each.product()).name()));
        features.setWidthFull();
        return features;
    }

    private static TextField digits(String label, String hint, String now) {
        TextField digits = new TextField(label);
        digits.setHelperText(hint);
        digits.setAllowedCharPattern("[0-9]");
        digits.setValue(now);
        digits.setWidthFull();
        return digits;
    }

    private static String chosen(String field, ComboBox<Feature> features) {
        return Check.present(field, features.getValue()).key();
    }

    private static long whole(String field, TextField digits) {
        try {
            return Long.parseLong(digits.getValue().strip());
        } catch (NumberFormatException wrong) {
            throw HeadroomException.invalid(field, translate("rule.number"));
        }
    }
}
