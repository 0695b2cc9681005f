package dev.headroom.console;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.PollEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import dev.headroom.identity.Role;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** Follows a link with one query parameter. */
    protected void follow(String path, String parameter, String value) {
        UI.getCurrent().navigate(path, QueryParameters.of(parameter, value));
    }

    /** By the beginning of its text, wherever it is: a component query does not look into footers. */
    protected Optional<Button> button(String text) {
        roundTrip();
        Stream<Element> footers = find(Dialog.class).all().stream().map(dialog -> dialog.getFooter().getElement());
        return Stream.concat(footers, Stream.of(shell().getElement()))
                .flatMap(ConsoleTest::within)
                .flatMap(element -> element.getComponent().stream())
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .filter(button -> button.isVisible() && button.getText().startsWith(text))
                .findFirst();
    }

    protected void press(String text) {
        test(button(text).orElseThrow()).click();
    }

    /** What surrounds every page. */
    protected static Component shell() {
        return (Component) UI.getCurrent().getInternals().getActiveRouterTargetsChain().getLast();
    }

    private static Stream<Element> within(Element element) {
        return Stream.concat(Stream.of(element), element.getChildren().flatMap(ConsoleTest::within));
    }

    protected String heading() {
        return find(H1.class).single().getText();
    }

    /** Everything the page says. */
    protected String page() {
        roundTrip();
        return said((Component) getCurrentView());
    }

    /** Everything the open dialog says. */
    protected String dialog() {
        Dialog dialog = find(Dialog.class).single();
        return said(dialog) + dialog.getFooter().getElement().getTextRecursively();
    }

    protected static String said(Component component) {
        return component.getElement().getTextRecursively() + component.getElement().getOuterHTML();
    }

    /** How often the page asks; never is -1. */
    protected int polling() {
        roundTrip();
        return UI.getCurrent().getPollInterval();
    }

    /** The page asks once. */
    protected static void poll() {
        ComponentUtil.fireEvent(UI.getCurrent(), new PollEvent(UI.getCurrent(), false));
    }
}
