package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.actor.Permission;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.PaletteSource;
import dev.headroom.console.SignedIn;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The ways to let somebody or something in. */
@Component
@Order(4)
class AccessChoices implements PaletteSource {

    @Override
    public Stream<Choice> find(SignedIn signedIn, String needle) {
        return !signedIn.may(Permission.ADMIN) ? Stream.empty() : Stream.of(
                        act(translate("person.invite"), ConsolePage.beginning(PeopleView.PATH, PeopleView.INVITE)),
                        act(translate("key.new"), ConsolePage.beginning(KeysView.PATH, KeysView.CREATE)))
                .filter(choice -> choice.matches(needle));
    }

    private static Choice act(String name, String address) {
        return new Choice(translate("palette.act"), name, "", () -> ConsolePage.open(address));
    }
}
