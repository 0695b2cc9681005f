package dev.headroom.console.rollout;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.PaletteSource;
import dev.headroom.console.SignedIn;
import dev.headroom.rollout.Rollout;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The last roll-outs by their plans and ids, once something is typed. */
@Component
@Order(5)
class RolloutChoices implements PaletteSource {

    private static final int MOST = 50;

    private final RolloutServices services;

    RolloutChoices(RolloutServices services) {
        this.services = services;
    }

    @Override
    public Stream<Choice> find(SignedIn signedIn, String needle) {
        if (needle.isEmpty() || !signedIn.may(Permission.CATALOG)) {
            return Stream.empty();
        }
        CatalogSnapshot known = services.catalog().snapshot();
        return services.rollouts().page(signedIn.actor(), null, null, null, MOST).stream()
                .map(rollout -> choice(rollout, known))
                .filter(choice -> choice.matches(needle));
    }

    private static Choice choice(Rollout rollout, CatalogSnapshot known) {
        return new Choice(
                translate("rollout.one"), RolloutText.title(rollout, known), rollout.plan() + " " + rollout.id(),
                () -> ConsolePage.open(RolloutView.address(rollout.id())));
    }
}
