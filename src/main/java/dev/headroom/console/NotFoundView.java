package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** An address that leads nowhere, or to something that is gone. */
@ParentLayout(ConsoleLayout.class)
@PermitAll
class NotFoundView extends ConsolePage implements HasErrorParameter<NotFoundException> {

    NotFoundView() {
        title(translate("missing.title"));
        add(new EmptyState(translate("missing.what"), translate("missing.why"), new Anchor(Place.ACCOUNTS.path(), translate("missing.act"))));
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
