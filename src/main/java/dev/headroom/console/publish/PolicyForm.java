package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.TypedNumber;
import dev.headroom.error.HeadroomException;
import dev.headroom.rollout.PublishingPolicies;
import dev.headroom.rollout.PublishingPolicy;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Asks an owner what publishing is to be held to from now on. */
final class PolicyForm {

    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final SignedIn signedIn;
    private final PublishingPolicies policies;
    private final PublishingPolicy read;
    private final Runnable changed;
    private final Checkbox editor = new Checkbox(translate("policy.editor.field"));
    private final TextField confirm;
    private final TextField rise;
    private final TextField notice;
    private final TextField most;

    PolicyForm(SignedIn signedIn, PublishingPolicies policies, Runnable changed) {
        this.signedIn = signedIn;
        this.policies = policies;
        this.changed = changed;
        this.read = policies.current(signedIn.actor());
        editor.setValue(read.editorMayPublish());
        editor.setHelperText(translate("policy.editor.why"));
        confirm = field(translate("policy.confirm"), translate("policy.confirm.why"), read.confirmAbove(), translate("policy.unit.accounts"));
        rise = field(translate("policy.rise"), translate("policy.rise.why"), read.riseNoticeDays(), translate("policy.unit.days"));
        notice = field(translate("policy.notice"), translate("policy.notice.why"), read.noticeDays(), translate("policy.unit.days"));
        most = field(translate("policy.most"), translate("policy.most.hint"), read.mostRisePercent(), translate("policy.unit.percent"));
    }

    void open() {
        new FormDialog(translate("policy.change"), translate("policy.save"), this::save, new Component[] {editor, rise, notice, most, confirm})
                .with("input.editorMayPublish", editor)
                .with("input.confirmAbove", confirm)
                .with("input.riseNoticeDays", rise)
                .with("input.noticeDays", notice)
                .with("input.mostRisePercent", most)
                .open();
    }

    private void save() {
        policies.replace(signedIn.actor(), read, new PublishingPolicy(
                editor.getValue(), number("input.confirmAbove", confirm), number("input.riseNoticeDays", rise), number("input.noticeDays", notice),
                most.getValue().isBlank() ? null : Integer.valueOf(number("input.mostRisePercent", most))));
        changed.run();
    }

    private static int number(String path, TextField field) {
        return TypedNumber.parse(field.getValue())
                .filter(typed -> typed.stripTrailingZeros().scale() <= 0 && typed.abs().compareTo(MOST) <= 0)
                .map(BigDecimal::intValueExact)
                .orElseThrow(() -> HeadroomException.invalid(path, translate("rule.number")));
    }

    private static TextField field(String label, String help, @Nullable Integer value, String unit) {
        TextField field = new TextField(label);
        field.setHelperText(help);
        field.setValue(value == null ? "" : value.toString());
        field.setSuffixComponent(new Span(unit));
        field.setWidthFull();
        return field;
    }
}
