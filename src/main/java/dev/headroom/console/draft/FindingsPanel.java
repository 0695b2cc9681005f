package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.console.Sentences;
import dev.headroom.sheet.Finding;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a draft, what blocks first; each leads to its field. */
final class FindingsPanel extends Div {

    private final Fields fields;

    FindingsPanel(Fields fields) {
        this.fields = fields;
        addClassName("findings");
    }

    void show(List<Finding> findings) {
        long blocking = findings.stream().filter(Finding::blocks).count();
        Paragraph sum = new Paragraph(translate(blocking == 0 ? "finding.ready" : "finding.blocking", blocking));
        sum.getElement().setAttribute("role", "status");
        removeAll();
        add(sum);
        UnorderedList list = new UnorderedList();
        findings.stream().sorted(Comparator.comparing(Finding::severity)).map(this::item).forEach(list::add);
        list.setVisible(!findings.isEmpty());
        add(list);
    }

    private ListItem item(Finding finding) {
        Badge severity = new Badge(translate(finding.blocks() ? "finding.error" : "finding.warning"));
        severity.addThemeVariants(finding.blocks() ? BadgeVariant.ERROR : BadgeVariant.WARNING);
        return new ListItem(severity, said(finding));
    }

    private Component said(Finding finding) {
        if (fields.of(finding.path()).isEmpty()) {
            return new Span(Sentences.of(finding.message()));
        }
        Button lead = new Button(Sentences.of(finding.message()), click -> fields.focus(finding.path()));
        lead.addThemeVariants(ButtonVariant.TERTIARY);
        lead.addClassName("lead");
        return lead;
    }
}
