package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import dev.headroom.identity.ConsoleUser;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Who is signed in, and what concerns only them. */
final class UserMenu extends MenuBar {

    private final Map<Appearance, MenuItem> appearances = new EnumMap<>(Appearance.class);

    UserMenu(SignedIn signedIn) {
        addClassName("user-menu");
        addThemeVariants(MenuBarVariant.TERTIARY);
        ConsoleUser user = signedIn.user();
        MenuItem who = addItem(face(user));
        who.setAriaLabel(translate("user.menu", user.name()));
        SubMenu menu = who.getSubMenu();
        SubMenu appearance = menu.addItem(translate("user.appearance")).getSubMenu();
        for (Appearance each : Appearance.values()) {
            MenuItem item = appearance.addItem(Words.of(each), click -> choose(each));
            item.setCheckable(true);
            appearances.put(each, item);
        }
        SubMenu language = menu.addItem(translate("user.language")).getSubMenu();
        for (Language each : Language.values()) {
            language.addItem(Words.of(each), click -> each.choose(UI.getCurrent()));
        }
        menu.addItem(translate("user.profile"), click -> click.getSource().getUI().ifPresent(ui -> ui.navigate("profile")));
        menu.addItem(translate("user.keys"), click -> new KeyboardHelp(Place.of(signedIn)).open());
        menu.addItem(translate("user.sign.out"), click -> signedIn.out());
    }

    private static Div face(ConsoleUser user) {
        Avatar avatar = new Avatar(user.name());
        avatar.getElement().setAttribute("aria-hidden", "true");
        Span name = new Span(user.name());
        Span role = new Span(second(user));
        role.setTitle(second(user));
        role.addClassName("quiet");
        Div names = new Div(name, role);
        names.addClassName("user-names");
        Div face = new Div(avatar, names);
        face.addClassName("user");
        return face;
    }

    /** The roles; the first user is usually called like theirs, and nobody learns anything from reading it twice. */
    static String second(ConsoleUser user) {
        boolean calledSo = user.roles().stream().anyMatch(role -> user.name().equalsIgnoreCase(Words.of(role)) || user.name().equalsIgnoreCase(role.name()));
        return calledSo ? user.email() : user.roles().stream().sorted().map(Words::of).collect(Collectors.joining(", "));
    }

    private void choose(Appearance chosen) {
        chosen.choose(UI.getCurrent());
        show(chosen);
    }

    private void show(Appearance chosen) {
        appearances.forEach((each, item) -> item.setChecked(each == chosen));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        Appearance.recall(event.getUI(), remembered -> {
            event.getUI().getPage().setColorScheme(remembered.scheme());
            show(remembered);
        });
    }
}
