package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.headroom.console.QueryState;
import dev.headroom.console.QueryText;
import dev.headroom.draft.Draft;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which plans or add-ons are shown, as the address says it: own prices of single accounts apart, for there may be one of every account. */
final class PlanFilters extends Div {

    private static final String STATE = "state";
    private static final String WHOSE = "whose";

    /** How one stands; one that is on sale may have a draft too. */
    enum Standing {
        ON_SALE,
        RETIRED,
        DRAFTED;

        boolean of(PlanRow row) {
            Draft draft = row.draft();
            return switch (this) {
                case ON_SALE -> row.version().onSale();
                case RETIRED -> !row.version().onSale();
                case DRAFTED -> draft != null;
            };
        }
    }

    /** For whom it is. */
    enum Whose {
        EVERYBODY,
        OWN
    }

    private final QueryText text;
    private final Select<Standing> standing = new Select<>();
    private final Select<Whose> whose = new Select<>();

    PlanFilters(String label, QueryState state, boolean ownPrices, Consumer<PlanFilters> changed) {
        addClassName("toolbar");
        text = new QueryText(label, state);
        standing.setLabel(translate("plan.status"));
        standing.setItems(Standing.values());
        standing.setItemLabelGenerator(each -> each == null ? translate("filter.states.all") : name(each));
        standing.setEmptySelectionAllowed(true);
        standing.setEmptySelectionCaption(translate("filter.states.all"));
        standing.setPlaceholder(translate("filter.states.all"));
        standing.setValue(chosen(state, STATE, Standing.values(), null));
        whose.setLabel(translate("plan.filter.whose"));
        whose.setItems(Whose.values());
        whose.setItemLabelGenerator(PlanFilters::name);
        whose.setValue(chosen(state, WHOSE, Whose.values(), Whose.EVERYBODY));
        whose.setVisible(ownPrices || whose.getValue() == Whose.OWN);
        text.addValueChangeListener(change -> changed.accept(this));
        standing.addValueChangeListener(change -> {
            state.choose(STATE, change.getValue() == null ? null : word(change.getValue()));
            changed.accept(this);
        });
        whose.addValueChangeListener(change -> {
            state.choose(WHOSE, change.getValue() == Whose.OWN ? word(Whose.OWN) : null);
            changed.accept(this);
        });
        add(text, standing, whose);
    }

    private static <T extends Enum<T>> @Nullable T chosen(QueryState state, String name, T[] all, @Nullable T otherwise) {
        return state.get(name).flatMap(wanted -> Stream.of(all).filter(each -> word(each).equals(wanted)).findFirst()).orElse(otherwise);
    }

    private static String name(Standing standing) {
        return switch (standing) {
            case ON_SALE -> translate("plan.filter.sold");
            case RETIRED -> translate("plan.filter.retired");
            case DRAFTED -> translate("plan.filter.drafted");
        };
    }

    private static String name(Whose whose) {
        return switch (whose) {
            case EVERYBODY -> translate("plan.filter.everybody");
            case OWN -> translate("plan.filter.own");
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    List<PlanRow> of(List<PlanRow> all) {
        String needle = text.getValue().strip().toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(row -> row.matches(needle) && (standing.isEmpty() || standing.getValue().of(row)) && (row.plan().own() != null) == (whose.getValue() == Whose.OWN))
                .toList();
    }
}
