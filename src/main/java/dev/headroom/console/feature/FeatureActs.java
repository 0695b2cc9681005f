package dev.headroom.console.feature;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.FeatureInUse;
import dev.headroom.catalog.Feature.FeatureRetired;
import dev.headroom.catalog.Feature.RetireFeatureResult;
import dev.headroom.console.Toast;
import dev.headroom.console.change.Notice;
import java.util.stream.Stream;

/** What can be done with a feature; what keeps it from being retired is named, with the way there. */
final class FeatureActs {

    private final FeatureServices services;
    private final Feature feature;
    private final Div refused;
    private final Runnable changed;

    /** @param refused where it is said why something was not done */
    FeatureActs(FeatureServices services, Feature feature, Div refused, Runnable changed) {
        this.services = services;
        this.feature = feature;
        this.refused = refused;
        this.changed = changed;
    }

    Component[] of() {
        if (!services.mayEdit()) {
            Span why = new Span(translate("feature.forbidden"));
            why.addClassName("quiet");
            return new Component[] {why};
        }
        Button edit = new Button(translate("feature.edit"), click -> new FeatureEditForm(services, feature, changed).open());
        Button turn = feature.retired()
                ? new Button(translate("feature.restore"), click -> restore())
                : new Button(translate("feature.retire"), click -> retire());
        turn.addThemeVariants(feature.retired() ? ButtonVariant.PRIMARY : ButtonVariant.ERROR);
        return new Component[] {edit, turn};
    }

    private void retire() {
        RetireFeatureResult result = services.catalog().retire(services.signedIn().actor(), feature.key());
        switch (result) {
            case FeatureRetired _ -> {
                changed.run();
                Toast.undoable(translate("feature.retired.done", feature.name()), translate("feature.restore"), this::restore);
            }
            case FeatureInUse use -> refuse(use);
        }
    }

    private void restore() {
        services.catalog().restore(services.signedIn().actor(), feature.key());
        changed.run();
    }

    private void refuse(FeatureInUse use) {
        UnorderedList users = new UnorderedList();
        Stream<Anchor> plans = use.plans().stream().map(plan -> FeatureText.way("plans/" + plan.key(), translate("feature.user.plan", plan.name())));
        Stream<Anchor> addOns = use.addOns().stream().map(addOn -> FeatureText.way("add-ons/" + addOn.key(), translate("feature.user.addOn", addOn.name())));
        Stream<Anchor> features = use.features().stream()
                .map(other -> FeatureText.way(FeaturesView.PATH + "/" + other.key(), translate("feature.uses.counting", other.name())));
        Stream.of(plans, addOns, features).flatMap(each -> each).map(ListItem::new).forEach(users::add);
        Notice notice = new Notice(Notice.Kind.ERROR, translate("feature.in.use", use.feature().name()), translate("feature.in.use.why"));
        notice.say(users);
        refused.removeAll();
        refused.add(notice);
        Notice.focus(notice);
    }
}
