package dev.headroom.console.connection;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.actor.Permission;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.PaletteSource;
import dev.headroom.console.SignedIn;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What can be begun with endpoints from anywhere. */
@Component
@Order(4)
class EndpointChoices implements PaletteSource {

    @Override
    public Stream<Choice> find(SignedIn signedIn, String needle) {
        return !signedIn.may(Permission.ADMIN) ? Stream.empty() : Stream.of(
                        new Choice(translate("palette.act"), translate("endpoint.add"), "", () -> ConsolePage.open(ConsolePage.beginning(EndpointsView.PATH, EndpointsView.ADD))),
                        new Choice(translate("palette.act"), translate("delivery.title"), "", () -> ConsolePage.open(DeliveriesView.PATH)))
                .filter(choice -> choice.matches(needle));
    }
}
