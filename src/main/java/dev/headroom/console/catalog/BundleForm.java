package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.bundle.Bundle.Member;
import dev.headroom.bundle.CreateBundle.NewMember;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.FormDialog;
import dev.headroom.sale.SaleSheet;
import dev.headroom.sale.SaleSheet.BundleSheet;
import dev.headroom.sale.SaleSheet.BundleSheet.MemberSheet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bundle as it is typed: whatever is missing or wrong is kept, and told where the draft is shown. */
final class BundleForm {

    private final BundleSheet before;
    private final BundleMembers members;
    private final TextField name = text(translate("bundle.name"), translate("bundle.name.hint"));
    private final TextField key = text(translate("bundle.key"), translate("bundle.key.hint"));
    private final TextField percent = text(translate("bundle.off"), translate("bundle.off.hint"));
    private final MultiSelectComboBox<Member> all = choice(translate("bundle.members"), translate("bundle.members.hint"));
    private final MultiSelectComboBox<Member> full = choice(translate("bundle.full"), translate("bundle.full.hint"));

    BundleForm(BundleSheet sheet, CatalogSnapshot known) {
        before = sheet;
        members = new BundleMembers(known);
        percent.setAllowedCharPattern("[0-9.,]");
        List.of(all, full).forEach(choice -> choice.setItemLabelGenerator(members::name));
        all.setItems(members.all());
        all.addValueChangeListener(change -> {
            Set<Member> kept = full.getValue();
            full.setItems(change.getValue());
            full.setValue(kept.stream().filter(change.getValue()::contains).toList());
        });
        name.setValue(Objects.requireNonNullElse(sheet.name(), ""));
        key.setValue(Objects.requireNonNullElse(sheet.key(), ""));
        percent.setValue(Objects.requireNonNullElse(sheet.percentOff(), ""));
        all.setValue(members.all().stream().filter(member -> standing(member) != null).toList());
        full.setValue(members.all().stream().filter(member -> Boolean.FALSE.equals(standing(member))).toList());
    }

    /** Whether it is reduced; absent where it is not in it. */
    private @Nullable Boolean standing(Member member) {
        NewMember named = members.asked(member, true);
        return before.members().stream().filter(each -> Objects.equals(each.product(), named.product()) && Objects.equals(each.addOn(), named.addOn()))
                .findFirst().map(MemberSheet::reduced).orElse(null);
    }

    FormDialog dialog(String title, Consumer<SaleSheet> done) {
        return new FormDialog(title, translate("sale.save"), () -> done.accept(sheet()), name, key, percent, all, full)
                .with("input.name", name).with("input.key", key).with("input.percentOff", percent).with("input.members", all);
    }

    private BundleSheet sheet() {
        String off = percent.getValue().strip().replace(',', '.');
        return new BundleSheet(key.getValue().strip(), name.getValue(), off.isEmpty() ? null : off, members.all().stream().filter(all.getValue()::contains).map(this::member).toList(), before.from(), before.until());
    }

    private MemberSheet member(Member member) {
        NewMember named = members.asked(member, !full.getValue().contains(member));
        return new MemberSheet(named.product(), named.addOn(), !Boolean.FALSE.equals(named.reduced()));
    }

    private static TextField text(String label, String hint) {
        TextField field = new TextField(label);
        field.setHelperText(hint);
        field.setWidthFull();
        return field;
    }

    private static MultiSelectComboBox<Member> choice(String label, String hint) {
        MultiSelectComboBox<Member> choice = new MultiSelectComboBox<>(label);
        choice.setHelperText(hint);
        choice.setWidthFull();
        return choice;
    }
}
