package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The pages, and what concerns only whoever is signed in: looks, language, keys. */
@Component
@Order(1)
class PageChoices implements PaletteSource {

    @Override
    public Stream<Choice> find(SignedIn signedIn, String needle) {
        return Stream.of(places(signedIn), profile(), keys(signedIn), appearances(), languages()).flatMap(each -> each).filter(each -> each.matches(needle));
    }

    private static Stream<Choice> places(SignedIn signedIn) {
        return Place.of(signedIn).stream()
                .map(place -> new Choice(translate("palette.page"), Words.of(place), "g " + place.key(), () -> UI.getCurrent().navigate(place.path())));
    }

    private static Stream<Choice> profile() {
        return Stream.of(new Choice(translate("palette.page"), translate("user.profile"), "", () -> UI.getCurrent().navigate("profile")));
    }

    private static Stream<Choice> keys(SignedIn signedIn) {
        return Stream.of(new Choice(translate("palette.act"), translate("user.keys"), "?", () -> new KeyboardHelp(Place.of(signedIn)).open()));
    }

    private static Stream<Choice> appearances() {
        return Arrays.stream(Appearance.values())
                .map(each -> new Choice(translate("palette.appearance"), Words.of(each), "", () -> each.choose(UI.getCurrent())));
    }

    private static Stream<Choice> languages() {
        return Arrays.stream(Language.values())
                .map(each -> new Choice(translate("palette.language"), Words.of(each), "", () -> each.choose(UI.getCurrent())));
    }
}
