package dev.headroom.console.diff;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.console.diff.DiffText.Line;
import dev.headroom.sheet.VersionDiff;
import dev.headroom.sheet.VersionDiff.Change;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** In what two versions differ, as lines that were and lines that are, grouped as people look at them: the plan, its prices, its limits, its features. */
@StyleSheet("drafts.css")
public final class DiffPanel extends Div {

    private final String was;
    private final String is;
    private final boolean named;

    public DiffPanel(VersionDiff diff, CatalogSnapshot known, Plan.Kind kind) {
        this(diff, known, kind, translate("diff.before"), translate("diff.after"), false);
    }

    /** The same between two of which none is earlier, who are named. */
    public static DiffPanel between(String one, String other, VersionDiff diff, CatalogSnapshot known, Plan.Kind kind) {
        return new DiffPanel(diff, known, kind, one, other, true);
    }

    private DiffPanel(VersionDiff diff, CatalogSnapshot known, Plan.Kind kind, String was, String is, boolean named) {
        this.was = was;
        this.is = is;
        this.named = named;
        addClassName("diff");
        DiffText text = new DiffText(known, kind);
        group(translate("diff.plan"), diff.plan().stream().map(text::of));
        group(translate("diff.prices"), diff.prices().stream().flatMap(text::of));
        group(translate("diff.limits"), diff.entitlements().stream().filter(each -> each.change() == Change.CHANGED).flatMap(text::of));
        group(translate("diff.features"), diff.entitlements().stream().filter(each -> each.change() != Change.CHANGED).flatMap(text::of));
        if (diff.identical()) {
            Paragraph none = new Paragraph(translate("diff.none"));
            none.addClassName("quiet");
            add(none);
        }
    }

    private void group(String title, Stream<Line> lines) {
        List<ListItem> items = lines.map(this::item).toList();
        if (!items.isEmpty()) {
            UnorderedList list = new UnorderedList(items.toArray(ListItem[]::new));
            Component[] shown = named ? new Component[] {list} : new Component[] {new H3(title), list};
            add(shown);
        }
    }

    private ListItem item(Line line) {
        Div head = new Div(new Span(line.what()));
        head.addClassName("diff-head");
        Optional.ofNullable(line.percent()).map(Span::new).ifPresent(percent -> {
            percent.addClassName("diff-percent");
            head.add(percent);
        });
        ListItem item = new ListItem(head);
        side(was, "was", "−", line.before()).ifPresent(item::add);
        side(is, "is", "+", line.after()).ifPresent(item::add);
        return item;
    }

    private Optional<Component> side(String name, String look, String sign, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Span mark = new Span(named ? name : sign);
        mark.addClassName("diff-sign");
        Div side = new Div(mark);
        if (!named) {
            mark.getElement().setAttribute("aria-hidden", "true");
            Span spoken = new Span(name);
            spoken.addClassName("unseen");
            side.add(spoken);
        }
        side.add(new Span(text));
        side.addClassNames("diff-side", look);
        return Optional.of(side);
    }
}
