package dev.headroom.console;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.H1;
import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import dev.headroom.identity.Role;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A view in a user's hands but without a browser, over the whole product. */
@HeadroomTest
@ViewPackages(packages = "dev.headroom.console")
@SignedInAs(Role.OWNER)
public abstract class ConsoleTest extends SpringBrowserlessTest {

    @Autowired
    protected Stories stories;

    @BeforeEach
    void speakEnglish() {
        UI.getCurrent().setLocale(Locale.ENGLISH);
    }

    protected String heading() {
        return $(H1.class).single().getText();
    }

    /** Everything the page says. */
    protected String page() {
        return said((Component) getCurrentView());
    }

    /** Everything the open dialog says. */
    protected String dialog() {
        return said($(Dialog.class).single());
    }

    protected static String said(Component component) {
        return component.getElement().getTextRecursively() + component.getElement().getOuterHTML();
    }
}
