package dev.headroom.console.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.audit.AuditEntry;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import java.util.List;

/** What an act changed, field by field; of what is new or gone, all that it is or was. */
@StyleSheet("drafts.css")
final class BeforeAfter extends Div {

    /** Of a thing with more there is the file, which has it whole. */
    private static final int MOST_SHOWN = 200;

    BeforeAfter(AuditEntry entry) {
        List<FieldChange> changes = of(entry);
        if (changes.isEmpty()) {
            add(new Paragraph(translate("audit.unchanged")));
            return;
        }
        DataTable table = new DataTable(translate("audit.diff"), translate("audit.field"), translate("audit.before"), translate("audit.after"));
        changes.stream().limit(MOST_SHOWN).forEach(change -> table.row(
                new Span(FieldText.name(change.path())), value(FieldText.value(change.before()), "was"), value(FieldText.value(change.after()), "is")));
        add(table);
        if (changes.size() > MOST_SHOWN) {
            add(new Paragraph(translate("audit.more", Figures.number(changes.size() - MOST_SHOWN))));
        }
    }

    static List<FieldChange> of(AuditEntry entry) {
        return FieldChange.between(FieldText.parse(entry.before()), FieldText.parse(entry.after()));
    }

    private static Component value(String text, String side) {
        Span value = new Span(text);
        value.addClassNames("clipped", side);
        return value;
    }
}
