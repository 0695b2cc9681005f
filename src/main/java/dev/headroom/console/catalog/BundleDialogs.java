package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundle.Member;
import dev.headroom.bundle.Bundles;
import dev.headroom.bundle.CreateBundle;
import dev.headroom.bundle.CreateBundle.BundleCreated;
import dev.headroom.bundle.CreateBundle.BundleKeyTaken;
import dev.headroom.bundle.EndBundle;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.reach.Reach;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** What can be done with bundles. */
final class BundleDialogs {

    private final SignedIn signedIn;
    private final Bundles bundles;
    private final BundleMembers members;
    private final ReachServices reach;
    private final Runnable changed;

    BundleDialogs(SignedIn signedIn, Bundles bundles, BundleMembers members, ReachServices reach, Runnable changed) {
        this.signedIn = signedIn;
        this.bundles = bundles;
        this.members = members;
        this.reach = reach;
        this.changed = changed;
    }

    void create() {
        TextField name = text(translate("bundle.name"), translate("bundle.name.hint"));
        TextField key = text(translate("bundle.key"), translate("bundle.key.hint"));
        TextField percent = text(translate("bundle.off"), translate("bundle.off.hint"));
        percent.setAllowedCharPattern("[0-9.,]");
        MultiSelectComboBox<Member> all = choice(translate("bundle.members"), translate("bundle.members.hint"));
        MultiSelectComboBox<Member> full = choice(translate("bundle.full"), translate("bundle.full.hint"));
        all.setItems(members.all());
        all.addValueChangeListener(change -> {
            Set<Member> kept = full.getValue();
            full.setItems(change.getValue());
            full.setValue(kept.stream().filter(change.getValue()::contains).toList());
        });
        // One key a dialog, so that a second press makes nothing twice.
        String once = "console:" + Ids.next();
        Supplier<CreateBundle> asked = () -> new CreateBundle(
                once + Objects.hash(key.getValue(), name.getValue(), percent.getValue(), all.getValue(), full.getValue()),
                key.getValue().strip(), name.getValue(), percent(percent),
                members.all().stream().filter(all.getValue()::contains).map(member -> members.asked(member, !full.getValue().contains(member))).toList(),
                null, null);
        new FormDialog(translate("bundle.new"), translate("bundle.save"), () -> create(asked.get()), name, key, percent, all, full)
                .lookingFirst(translate("reach.look.bundle"), () -> panel(
                        reach.reaches().ofBundle(signedIn.actor(), asked.get()), translate("reach.nobody.bundle"), key.getValue().strip()))
                .with("input.name", name).with("input.key", key).with("input.percentOff", percent).with("input.members", all).open();
    }

    private ReachPanel panel(Reach found, String nobody, String key) {
        return new ReachPanel(reach, signedIn.actor(), found, nobody, "bundle-" + key);
    }

    private void create(CreateBundle command) {
        switch (bundles.create(signedIn.actor(), command)) {
            case BundleCreated _ -> changed.run();
            case BundleKeyTaken(Bundle there) -> throw HeadroomException.invalid("input.key", translate("bundle.key.taken", there.name()));
        }
    }

    void end(Bundle bundle) {
        new FormDialog(translate("bundle.end.of", bundle.name()), translate("bundle.end"), () -> {
            bundles.end(signedIn.actor(), new EndBundle("console:end:" + bundle.id(), bundle.key()));
            changed.run();
        }, new Paragraph(translate("bundle.end.meaning")),
                panel(reach.reaches().ofBundleEnd(signedIn.actor(), bundle.key()), translate("reach.nobody.bundle.end"), bundle.key())).open();
    }

    private static BigDecimal percent(TextField field) {
        try {
            return new BigDecimal(field.getValue().strip().replace(',', '.'));
        } catch (NumberFormatException none) {
            throw HeadroomException.invalid("input.percentOff", translate("approval.percent.wrong"));
        }
    }

    private static TextField text(String label, String hint) {
        TextField field = new TextField(label);
        field.setHelperText(hint);
        field.setWidthFull();
        return field;
    }

    private MultiSelectComboBox<Member> choice(String label, String hint) {
        MultiSelectComboBox<Member> choice = new MultiSelectComboBox<>(label);
        choice.setItemLabelGenerator(members::name);
        choice.setHelperText(hint);
        choice.setWidthFull();
        return choice;
    }
}
