package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** A page that could not be shown: the id under which the log tells why, and another try. */
@ParentLayout(ConsoleLayout.class)
@PermitAll
class FailureView extends ConsolePage implements HasErrorParameter<Exception> {

    private final Paragraph said = new Paragraph();

    FailureView() {
        title(translate("failure.title"));
        add(said, new Button(translate("failure.again"), click -> UI.getCurrent().getPage().reload()));
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        said.setText(Incidents.sentence(parameter.getException()));
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
