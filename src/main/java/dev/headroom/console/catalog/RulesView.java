package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.entitlement.RollOuts;
import dev.headroom.entitlement.RollOuts.RollOut;
import dev.headroom.entitlement.Unlocks;
import dev.headroom.entitlement.Unlocks.UnlockRule;
import jakarta.annotation.security.PermitAll;
import java.time.ZoneOffset;
import java.util.List;

/** Gates that open without being sold: for a share of all accounts, or for those who use enough of something. */
@Route(RulesView.PATH)
@PermitAll
class RulesView extends ConsolePage {

    static final String PATH = "rules";
    private static final List<String> COLUMNS = List.of("kind", "feature", "percent", "meter", "units", "set_at");

    private final SignedIn signedIn;
    private final RollOuts rollOuts;
    private final Unlocks unlocks;
    private final CatalogSnapshot catalog;
    private final RuleDialogs dialogs;
    private final boolean may;
    private final Div content = new Div();

    RulesView(SignedIn signedIn, RollOuts rollOuts, Unlocks unlocks, Catalog catalog) {
        this.signedIn = signedIn;
        this.rollOuts = rollOuts;
        this.unlocks = unlocks;
        this.catalog = catalog.snapshot();
        this.dialogs = new RuleDialogs(signedIn, rollOuts, unlocks, this.catalog, this::show);
        this.may = signedIn.may(Permission.ADMIN);
        title(translate("rule.title"));
        Anchor file = Csv.link(translate("csv.download"), PATH, COLUMNS, this::write);
        actions(file);
        if (may) {
            actions(
                    file, new Button(translate("rule.rollOut.new"), click -> dialogs.rollOut(null)),
                    new Button(translate("rule.unlock.new"), click -> dialogs.unlock(null)));
        }
        add(content);
        show();
    }

    private void show() {
        List<RollOut> rolled = rollOuts.all(signedIn.actor());
        List<UnlockRule> rules = unlocks.all(signedIn.actor());
        content.removeAll();
        content.add(
                new Section(translate("rule.rollOut.title"), meaning("rule.rollOut.meaning"),
                        rolled.isEmpty() ? new EmptyState(translate("rule.rollOut.none"), translate("rule.rollOut.none.why")) : rolledOut(rolled)),
                new Section(translate("rule.unlock.title"), meaning("rule.unlock.meaning"),
                        rules.isEmpty() ? new EmptyState(translate("rule.unlock.none"), translate("rule.unlock.none.why")) : unlocking(rules)));
    }

    private void write(Csv csv) {
        rollOuts.all(signedIn.actor()).forEach(each -> csv.row("ROLL_OUT", catalog.feature(each.feature()).key(), each.percent(), null, null, each.setAt()));
        unlocks.all(signedIn.actor()).forEach(
                each -> csv.row("UNLOCK", catalog.feature(each.feature()).key(), null, catalog.feature(each.meter()).key(), each.units(), each.setAt()));
    }

    private static Paragraph meaning(String key) {
        Paragraph meaning = new Paragraph(translate(key));
        meaning.addClassName("quiet");
        return meaning;
    }

    private Component rolledOut(List<RollOut> rolled) {
        DataTable table = new DataTable(
                translate("rule.rollOut.title"), translate("feature.name"), translate("rule.rollOut.share"), translate("rule.since"), translate("rule.acts"));
        rolled.forEach(each -> table.row(
                feature(each.feature()),
                new Text(each.percent() == 0 ? translate("rule.rollOut.over") : translate("rule.rollOut.percent", Figures.percent(each.percent()))),
                When.day(each.setAt(), ZoneOffset.UTC), acts(each)));
        return table;
    }

    private Component unlocking(List<UnlockRule> rules) {
        DataTable table = new DataTable(
                translate("rule.unlock.title"), translate("feature.name"), translate("rule.unlock.opens"), translate("rule.since"), translate("rule.acts"));
        rules.forEach(each -> table.row(feature(each.feature()), new Text(opens(each)), When.day(each.setAt(), ZoneOffset.UTC), acts(each)));
        return table;
    }

    private String opens(UnlockRule rule) {
        Feature meter = catalog.feature(rule.meter());
        return translate("rule.unlock.after", Figures.number(rule.units()), meter.name(), EntitlementText.resets(meter.reset()));
    }

    private Component feature(FeatureId id) {
        Feature feature = catalog.feature(id);
        Span product = new Span(catalog.product(feature.product()).name());
        product.addClassName("quiet");
        Div both = new Div(new Span(feature.name()), product);
        both.addClassName("stacked");
        return both;
    }

    private Component acts(RollOut rollOut) {
        String name = catalog.feature(rollOut.feature()).name();
        Button change = act(translate("rule.change"), translate("rule.change.of", name), () -> dialogs.rollOut(rollOut));
        if (!may || rollOut.percent() == 0) {
            return may ? acts(change) : new Text("");
        }
        return acts(change, ending(act(translate("rule.rollOut.end"), translate("rule.rollOut.end.of", name), () -> dialogs.end(rollOut))));
    }

    private Component acts(UnlockRule rule) {
        String name = catalog.feature(rule.feature()).name();
        return !may ? new Text("") : acts(
                act(translate("rule.change"), translate("rule.change.of", name), () -> dialogs.unlock(rule)),
                ending(act(translate("rule.unlock.end"), translate("rule.unlock.end.of", name), () -> dialogs.end(rule))));
    }

    private static Component acts(Button... buttons) {
        Div acts = new Div(buttons);
        acts.addClassName("acts");
        return acts;
    }

    private static Button act(String text, String name, Runnable act) {
        Button button = new Button(text, click -> act.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(name);
        return button;
    }

    private static Button ending(Button button) {
        button.addThemeVariants(ButtonVariant.ERROR);
        return button;
    }
}
