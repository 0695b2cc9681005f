package dev.headroom.console.revenue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.When;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A picture over months: lines with their values beside them, a column for each month, and below it what the vendor did in it. For the eye alone: what it shows stands beside it as a
 * table, with the same links.
 */
final class Plot extends Div {

    /** More names than this do not fit side by side. */
    private static final int MOST_NAMES = 12;

    private final long lowest;
    private final long height;
    private final Div area = new Div();

    /** @param lowest value, and what is above it: of whatever the picture counts */
    Plot(long lowest, long highest) {
        this.lowest = lowest;
        this.height = Math.max(highest - lowest, 1);
        addClassName("plot");
        getElement().setAttribute("aria-hidden", "true");
        area.addClassName("plot-area");
        add(area);
    }

    /** A line across, with its value. */
    Plot line(long at, String name, String style) {
        Div line = new Div(new Span(name));
        line.addClassNames("plot-line", style);
        line.getStyle().set("bottom", Share.of(at - lowest, height));
        area.add(line);
        return this;
    }

    /** Between two values, in one of so many columns; a click leads somewhere. */
    Plot bar(int column, int columns, long from, long until, String style, String title, String address) {
        Anchor bar = link(title, address, "plot-bar");
        bar.addClassName(style);
        bar.getStyle()
                .set("inset-inline-start", Share.of(column, columns))
                .set("width", Share.of(1, columns))
                .set("bottom", Share.of(from - lowest, height))
                .set("height", Share.of(until - from, height));
        area.add(bar);
        return this;
    }

    Plot dot(int column, int columns, long at, String style, String title, String address) {
        Anchor dot = link(title, address, "plot-dot");
        dot.addClassName(style);
        dot.getStyle().set("inset-inline-start", Share.of(2L * column + 1, 2L * columns)).set("bottom", Share.of(at - lowest, height));
        area.add(dot);
        return this;
    }

    /** Behind everything else. */
    Plot drawn(Component picture) {
        area.addComponentAsFirst(picture);
        return this;
    }

    /** How far from its upper edge something is, in thousandths of the height. */
    long depth(long at) {
        return 1_000 - (at - lowest) * 1_000 / height;
    }

    /** Below it its months, of many only some by name, and what happened in them. */
    Plot months(List<YearMonth> months, List<Happening> happenings) {
        Div axis = new Div();
        axis.addClassName("plot-axis");
        int every = (months.size() + MOST_NAMES - 1) / MOST_NAMES;
        for (int at = 0; at < months.size(); at++) {
            YearMonth month = months.get(at);
            Div place = new Div();
            if (at % every == 0) {
                boolean newYear = at == 0 || months.get(at - every).getYear() != month.getYear();
                place.add(new Span(When.shortMonthText(month)), new Span(newYear ? String.valueOf(month.getYear()) : ""));
            }
            List<Happening> within = happenings.stream().filter(each -> each.month().equals(month)).toList();
            if (!within.isEmpty()) {
                Anchor mark = link(within.stream().map(Happening::what).collect(Collectors.joining("\n")), within.getFirst().address(), "plot-mark");
                mark.setText("◆");
                place.add(mark);
            }
            axis.add(place);
        }
        add(axis);
        return this;
    }

    /** The keyboard finds the same links in the table. */
    private static Anchor link(String title, String address, String style) {
        Anchor link = new Anchor(address, "");
        link.setTitle(title);
        link.getElement().setAttribute("tabindex", "-1");
        link.addClassName(style);
        return link;
    }
}
