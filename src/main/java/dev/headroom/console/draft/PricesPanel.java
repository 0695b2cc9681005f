package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.headroom.console.EmptyState;
import dev.headroom.draft.DraftEdit;
import dev.headroom.money.Currencies;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.PriceLine.Model;
import dev.headroom.time.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every price of a draft, by currency and interval. */
final class PricesPanel extends Div {

    private static final Comparator<PriceLine> ORDER = Comparator.comparing(PriceLine::currency, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(PriceLine::interval, Comparator.nullsLast(Comparator.naturalOrder())).thenComparing(PriceLine::id);

    private final Fields fields;
    private final boolean tier;
    private final Div lines = new Div();
    private final EmptyState none = new EmptyState(translate("draft.prices.none"), translate("draft.prices.none.why"));
    private final Map<String, PriceEditor> shown = new LinkedHashMap<>();
    private List<PriceLine> stored = List.of();
    private boolean added;

    PricesPanel(Fields fields, boolean tier) {
        this.fields = fields;
        this.tier = tier;
        Button more = new Button(translate("draft.price.add"), VaadinIcon.PLUS.create(), click -> add());
        fields.name("prices", more);
        lines.addClassName("lines");
        add(lines, none, more);
    }

    void show(List<PriceLine> prices) {
        stored = prices.stream().sorted(ORDER).toList();
        Set<String> ids = prices.stream().map(PriceLine::id).collect(Collectors.toSet());
        List<String> gone = shown.keySet().stream().filter(id -> !ids.contains(id)).toList();
        gone.forEach(this::takeOut);
        Optional<PriceLine> fresh = stored.stream().filter(line -> !shown.containsKey(line.id())).findFirst();
        stored.forEach(line -> shown.computeIfAbsent(line.id(), id -> put(line)).show(line));
        order();
        none.setVisible(stored.isEmpty());
        if (added) {
            added = false;
            fresh.ifPresent(line -> shown.get(line.id()).begin());
        }
    }

    private void takeOut(String id) {
        lines.remove(shown.remove(id));
        fields.forget(PriceEditor.path(id));
    }

    private PriceEditor put(PriceLine line) {
        PriceEditor editor = new PriceEditor(fields, line, tier);
        lines.add(editor);
        return editor;
    }

    /** Those that stand where they belong are not touched, for the focus may be in one. */
    private void order() {
        for (int i = 0; i < stored.size(); i++) {
            PriceEditor editor = shown.get(stored.get(i).id());
            if (lines.indexOf(editor) != i) {
                lines.addComponentAtIndex(i, editor);
            }
        }
    }

    /** One for what has no price yet, by the charge model of the others. */
    private void add() {
        added = true;
        fields.save(() -> Optional.of(DraftEdit.price(next())));
    }

    private PriceLine next() {
        List<String> used = stored.stream().map(line -> line.interval() + " " + line.currency()).toList();
        Stream<String> currencies = Stream.concat(
                stored.stream().map(PriceLine::currency).flatMap(Stream::ofNullable), Currencies.supported().stream().map(Currency::getCurrencyCode)).distinct();
        Model model = stored.stream().findFirst().flatMap(PriceLine::chosen).orElse(Model.FLAT);
        List<PriceLine> free = new ArrayList<>();
        currencies.forEach(currency -> Stream.of(Interval.values()).filter(interval -> !used.contains(interval + " " + currency))
                .forEach(interval -> free.add(new PriceLine("", interval, currency, model, null, null, null, null, null))));
        return free.isEmpty() ? new PriceLine("", null, null, model, null, null, null, null, null) : free.getFirst();
    }
}
