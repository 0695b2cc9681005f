package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import dev.headroom.account.Accounts;
import dev.headroom.catalog.Catalog;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the palette offers for a few typed letters: pages and acts by their names, plans and add-ons from memory, accounts from the database. */
final class PaletteSearch {

    private static final int MOST_ACCOUNTS = 8;

    private final SignedIn signedIn;
    private final Catalog catalog;
    private final Accounts accounts;

    PaletteSearch(SignedIn signedIn, Catalog catalog, Accounts accounts) {
        this.signedIn = signedIn;
        this.catalog = catalog;
        this.accounts = accounts;
    }

    /** Something that can be chosen. */
    record Choice(String kind, String name, String detail, Runnable act) {

        boolean matches(String needle) {
            return (name + " " + detail).toLowerCase(Locale.ROOT).contains(needle);
        }
    }

    List<Choice> find(String typed) {
        String needle = typed.strip().toLowerCase(Locale.ROOT);
        Stream<Choice> known = Stream.of(places(), plans(), addOns(), appearances()).flatMap(each -> each).filter(each -> each.matches(needle));
        return Stream.concat(known, needle.isEmpty() ? Stream.empty() : accounts(needle)).toList();
    }

    private Stream<Choice> places() {
        return Place.of(signedIn).stream()
                .map(place -> new Choice(translate("palette.page"), Words.of(place), "g " + place.key(), () -> open(place.path())));
    }

    private Stream<Choice> plans() {
        return catalog.snapshot().plans().stream()
                .map(plan -> new Choice(translate("palette.plan"), plan.name(), plan.key(), () -> open(Place.PLANS.path() + "/" + plan.key())));
    }

    private Stream<Choice> addOns() {
        return catalog.snapshot().addOns().stream()
                .map(addOn -> new Choice(translate("palette.addOn"), addOn.name(), addOn.key(), () -> open(Place.ADD_ONS.path() + "/" + addOn.key())));
    }

    private static Stream<Choice> appearances() {
        return Arrays.stream(Appearance.values())
                .map(each -> new Choice(translate("palette.appearance"), Words.of(each), "", () -> each.choose(UI.getCurrent())));
    }

    private Stream<Choice> accounts(String needle) {
        return accounts.page(signedIn.actor(), needle, null, MOST_ACCOUNTS).stream()
                .map(account -> new Choice(
                        translate("palette.account"), account.name(), account.key(), () -> open(Place.ACCOUNTS.path() + "/" + account.key())));
    }

    private static void open(String path) {
        UI.getCurrent().navigate(path);
    }
}
