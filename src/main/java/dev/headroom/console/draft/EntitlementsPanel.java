package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.headroom.catalog.Feature;
import dev.headroom.console.EmptyState;
import dev.headroom.draft.DraftEdit;
import dev.headroom.sheet.EntitlementLine;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a draft grants, in the order in which the product has its features. */
final class EntitlementsPanel extends Div {

    private final Fields fields;
    private final List<Feature> features;
    private final boolean tier;
    private final Div lines = new Div();
    private final EmptyState none = new EmptyState(translate("draft.entitlements.none"), translate("draft.entitlements.none.why"));
    private final Select<Feature> more = new Select<>();
    private final Map<String, EntitlementEditor> shown = new LinkedHashMap<>();

    /** @param features of the product */
    EntitlementsPanel(Fields fields, List<Feature> features, boolean tier) {
        this.fields = fields;
        this.features = features;
        this.tier = tier;
        more.setLabel(translate("draft.entitlement.add"));
        more.setItemLabelGenerator(feature -> feature == null ? "" : feature.name());
        more.setPlaceholder(translate("draft.entitlement.choose"));
        fields.saves(more, () -> Optional.ofNullable(more.getValue()).map(Feature::key)
                .map(key -> DraftEdit.entitlement(new EntitlementLine(key, key, null, null, null, null, null, null, List.of()))));
        fields.name("entitlements", more);
        lines.addClassName("lines");
        add(lines, none, more);
    }

    void show(List<EntitlementLine> granted) {
        List<EntitlementLine> stored = granted.stream().sorted(Comparator.comparing(this::place)).toList();
        Set<String> ids = stored.stream().map(EntitlementLine::id).collect(Collectors.toSet());
        List<String> gone = shown.keySet().stream().filter(id -> !ids.contains(id)).toList();
        gone.forEach(this::takeOut);
        stored.forEach(line -> shown.computeIfAbsent(line.id(), id -> put(line)).show(line));
        order(stored);
        none.setVisible(stored.isEmpty());
        more.setItems(features.stream().filter(feature -> !ids.contains(feature.key())).toList());
        more.clear();
        more.setVisible(ids.size() < features.size());
    }

    private int place(EntitlementLine line) {
        int known = features.stream().map(Feature::key).toList().indexOf(line.feature());
        return known < 0 ? features.size() : known;
    }

    private void takeOut(String id) {
        lines.remove(shown.remove(id));
        fields.forget(EntitlementEditor.path(id));
    }

    private EntitlementEditor put(EntitlementLine line) {
        Optional<Feature> feature = features.stream().filter(each -> each.key().equals(line.feature())).findFirst();
        EntitlementEditor editor = new EntitlementEditor(fields, line, feature, tier);
        lines.add(editor);
        return editor;
    }

    /** Those that stand where they belong are not touched, for the focus may be in one. */
    private void order(List<EntitlementLine> stored) {
        for (int i = 0; i < stored.size(); i++) {
            EntitlementEditor editor = shown.get(stored.get(i).id());
            if (lines.indexOf(editor) != i) {
                lines.addComponentAtIndex(i, editor);
            }
        }
    }
}
