package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.console.Words;
import dev.headroom.draft.DraftEdit;
import dev.headroom.limits.Limit;
import dev.headroom.sheet.EntitlementLine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is granted of one feature, by its kind: how much, what happens past it, or which value. It is saved whole. */
final class EntitlementEditor extends Div {

    private final CountField included = new CountField(translate("draft.included"), Long.MAX_VALUE);
    private final Select<Limit.Policy> policy = new Select<>();
    private final CountField softLimit = new CountField(translate("draft.softLimit"), Long.MAX_VALUE);
    private final CountField graceDays = new CountField(translate("draft.graceDays"), Integer.MAX_VALUE);
    private final CountField gracePercent = new CountField(translate("draft.gracePercent"), Integer.MAX_VALUE);
    private final TextField setting = new TextField(translate("draft.setting"));
    private final OverageFields overage;
    private final Paragraph unsaved = new Paragraph(translate("draft.unsaved"));
    private final Optional<Feature> feature;
    private final boolean tier;
    private EntitlementLine line;

    /** @param feature empty where the product has none of that key */
    EntitlementEditor(Fields fields, EntitlementLine line, Optional<Feature> feature, boolean tier) {
        this.line = line;
        this.feature = feature;
        this.tier = tier;
        String path = path(line.id());
        overage = new OverageFields(fields, path + ".overage", this::read);
        policy.setLabel(translate("draft.policy"));
        policy.setItems(Limit.Policy.values());
        policy.setItemLabelGenerator(Words::of);
        policy.setManualValidation(true);
        setting.setManualValidation(true);
        included.setPlaceholder(translate("figure.unlimited"));
        feature.map(Feature::unit).filter(unit -> !unit.isBlank()).ifPresent(unit -> included.setSuffixComponent(new Span(unit)));
        fields.name(path + ".included", included);
        fields.name(path + ".policy", policy);
        fields.name(path + ".softLimit", softLimit);
        fields.name(path + ".graceDays", graceDays);
        fields.name(path + ".gracePercent", gracePercent);
        fields.name(path + ".setting", setting);
        fields.name(path + ".overage", policy);
        fields.saves(policy, this::read);
        List.of(included, softLimit, graceDays, gracePercent, setting).forEach(field -> fields.saves(field, this::read));
        unsaved.addClassName("refused");
        unsaved.setVisible(false);
        unsaved.getElement().setAttribute("role", "alert");
        Div numbers = new Div(included, policy, softLimit, graceDays, gracePercent, setting);
        numbers.addClassName("fields");
        addClassName("line");
        add(head(fields, path), numbers, overage, unsaved);
    }

    static String path(String id) {
        return "entitlements[" + id + "]";
    }

    private Component head(Fields fields, String path) {
        String name = feature.map(Feature::name).orElse(line.feature());
        Button remove = new Button(VaadinIcon.TRASH.create(), click -> fields.save(() -> Optional.of(DraftEdit.removeEntitlement(line.id()))));
        remove.addThemeVariants(ButtonVariant.TERTIARY);
        remove.setAriaLabel(translate("draft.entitlement.remove", name));
        remove.setTooltipText(translate("draft.entitlement.remove", name));
        fields.name(path + ".feature", remove);
        fields.name(path, feature.map(Feature::kind).filter(kind -> kind != FeatureKind.GATE).isPresent() ? included : remove);
        Span kind = new Span(feature.map(Feature::kind).map(Words::of).orElse(translate("draft.feature.unknown")));
        kind.addClassName("quiet");
        Div head = new Div(new H3(name), kind, remove);
        head.addClassName("line-head");
        return head;
    }

    /** What cannot be read stays until something else is stored. */
    void show(EntitlementLine stored) {
        if (unsaved.isVisible() && stored.equals(line)) {
            return;
        }
        line = stored;
        unsaved.setVisible(false);
        included.show(stored.included());
        policy.setValue(stored.effectivePolicy());
        softLimit.show(stored.softLimit());
        graceDays.show(stored.graceDays());
        gracePercent.show(stored.gracePercent());
        setting.setValue(Objects.requireNonNullElse(stored.setting(), ""));
        overage.show(stored.overage());
        ask(stored);
    }

    /** Only for what means something, and for whatever was written all the same. */
    private void ask(EntitlementLine stored) {
        boolean counted = feature.map(Feature::counted).orElse(stored.included() != null);
        boolean limits = counted && tier;
        boolean blocks = limits && stored.effectivePolicy() == Limit.Policy.HARD && feature.filter(Feature::seats).isEmpty();
        included.setVisible(counted || stored.included() != null);
        policy.setVisible(limits || stored.policy() != null && stored.policy() != Limit.Policy.HARD);
        softLimit.setVisible(limits || stored.softLimit() != null);
        graceDays.setVisible(blocks || stored.graceDays() != null);
        gracePercent.setVisible(blocks || stored.gracePercent() != null);
        setting.setVisible(feature.map(Feature::kind).filter(kind -> kind == FeatureKind.SETTING).isPresent() || stored.setting() != null);
        overage.setVisible(limits && stored.effectivePolicy() == Limit.Policy.OVERAGE || !stored.overage().isEmpty());
    }

    private Optional<DraftEdit> read() {
        EntitlementLine read = new EntitlementLine(
                line.id(), line.feature(), included.read(), policy(), softLimit.read(), graceDays.readInteger(), gracePercent.readInteger(),
                setting.getValue().isEmpty() ? null : setting.getValue(), overage.read());
        unsaved.setVisible(Stream.of(included, softLimit, graceDays, gracePercent).anyMatch(Typed::unreadable) || overage.unreadable());
        return unsaved.isVisible() ? Optional.empty() : Optional.of(DraftEdit.entitlement(read));
    }

    /** What was not said stays unsaid while it is what holds anyway. */
    private Limit.@Nullable Policy policy() {
        return policy.getValue() == line.effectivePolicy() ? line.policy() : policy.getValue();
    }
}
