package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.VaadinSession;
import dev.headroom.stripe.StripeConnection;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** The shell around every page: navigation, search, whose money is at stake, and the user's own menu. */
@Layout
@PermitAll
class ConsoleLayout extends AppLayout implements AfterNavigationObserver {

    private final CommandPalette palette;
    private final List<Place> places;
    private boolean arrived;

    ConsoleLayout(SignedIn signedIn, PaletteSearch search, StripeConnection stripe) {
        this.palette = new CommandPalette(search);
        setPrimarySection(Section.DRAWER);
        addToNavbar(toggle(), environment(stripe));
        addToDrawer(brand(), search(), new Scroller(navigation(Place.of(signedIn))), new Footer(new UserMenu(signedIn)));
        this.places = Place.of(signedIn);
    }

    private static DrawerToggle toggle() {
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel(translate("shell.menu"));
        return toggle;
    }

    private static Div brand() {
        Span mark = new Span();
        mark.addClassName("mark");
        mark.getElement().setAttribute("aria-hidden", "true");
        Div brand = new Div(mark, new Span(translate("product.name")));
        brand.addClassName("brand");
        return brand;
    }

    private Button search() {
        boolean mac = VaadinSession.getCurrent().getBrowser().isMacOSX();
        Span keys = new Span(translate(mac ? "shell.search.keys.mac" : "shell.search.keys"));
        keys.addClassName("keys");
        Button search = new Button(translate("shell.search"), VaadinIcon.SEARCH.create(), click -> palette.open());
        search.setSuffixComponent(keys);
        search.addClassName("search");
        return search;
    }

    private static Nav navigation(List<Place> places) {
        Nav navigation = new Nav();
        navigation.setAriaLabel(translate("shell.navigation"));
        for (Place.Group group : Place.Group.values()) {
            List<Place> within = places.stream().filter(place -> place.group() == group).toList();
            if (!within.isEmpty()) {
                SideNav items = new SideNav(Words.of(group));
                within.forEach(place -> items.addItem(item(place)));
                navigation.add(items);
            }
        }
        return navigation;
    }

    private static SideNavItem item(Place place) {
        SideNavItem item = new SideNavItem(Words.of(place), place.path(), place.icon().create());
        item.setMatchNested(true);
        return item;
    }

    /** A word as well as a colour: whoever sells must know whether a click moves money. */
    private static Div environment(StripeConnection stripe) {
        Span word = new Span(translate(stripe.live() ? "environment.live" : "environment.test"));
        word.addClassName("environment-word");
        Div strip = new Div(word, new Span(translate(stripe.live() ? "environment.live.meaning" : "environment.test.meaning")));
        strip.addClassNames("environment", stripe.live() ? "live" : "test");
        return strip;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        Keyboard.listen(this, places, palette::open, () -> new KeyboardHelp(places).open());
    }

    /**
     * Moves the focus to the new page's heading; not on arrival, when the browser begins at the top by itself, unless somebody has just
     * signed in and goes on by keyboard.
     */
    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        QueryState.arrived(event.getLocation());
        getElement().executeJs(
                """
                if ($0 || document.referrer.split('?')[0].endsWith('/login')) {
                  requestAnimationFrame(() => document.querySelector('main h1')?.focus());
                }""",
                arrived);
        arrived = true;
    }
}
