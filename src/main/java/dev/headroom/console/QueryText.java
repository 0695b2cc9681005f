package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;

/** A search field whose text lives in the address, so that what was found can be linked, reloaded and gone back to. */
public final class QueryText extends TextField {

    public static final String PARAMETER = "q";
    private static final int PATIENCE_MILLIS = 250;

    public QueryText(String label, String path) {
        this(label);
        addValueChangeListener(change -> remember(path, change.getValue()));
    }

    /** Beside other choices of the same page, which stay in the address. */
    public QueryText(String label, QueryState state) {
        this(label);
        setValue(state.get(PARAMETER).orElse(""));
        addValueChangeListener(change -> state.choose(PARAMETER, change.getValue()));
    }

    private QueryText(String label) {
        setLabel(label);
        setPrefixComponent(VaadinIcon.SEARCH.create());
        setClearButtonVisible(true);
        setValueChangeMode(ValueChangeMode.LAZY);
        setValueChangeTimeout(PATIENCE_MILLIS);
        addClassName("query");
        setTooltipText(translate("query.hint"));
    }

    private static void remember(String path, String text) {
        QueryParameters query = text.isBlank() ? QueryParameters.empty() : QueryParameters.of(PARAMETER, text);
        QueryState.show(new Location(path, query));
    }
}
