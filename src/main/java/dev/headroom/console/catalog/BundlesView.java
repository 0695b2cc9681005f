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
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.audit.Activity;
import jakarta.annotation.security.PermitAll;
import dev.headroom.sale.SaleDraft.Act;
import dev.headroom.sale.SaleDraft.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/** What is sold for less together. */
@Route(BundlesView.PATH)
@PermitAll
class BundlesView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "bundles";
    private static final List<String> COLUMNS = List.of("key", "name", "percent_off", "members", "from", "until");

    private final Bundles bundles;
    private final BundleMembers members;
    private final SaleWays ways;
    private final InstantSource clock;
    private final boolean may;
    private final Div content = new Div();

    BundlesView(SignedIn signedIn, Bundles bundles, Catalog catalog, SaleWays ways, InstantSource clock) {
        CatalogSnapshot known = catalog.snapshot();
        this.bundles = bundles;
        this.members = new BundleMembers(known);
        this.ways = ways;
        this.clock = clock;
        this.may = signedIn.may(Permission.CATALOG);
        title(translate("bundle.title"));
        Anchor file = Csv.link(translate("csv.download"), "bundles", COLUMNS, this::write);
        actions(file);
        if (may && members.all().size() > 1) {
            Button make = new Button(translate("bundle.new"), click -> ways.make(Kind.BUNDLE));
            make.addThemeVariants(ButtonVariant.PRIMARY);
            actions(file, make);
            begins(DraftActs.MAKE, () -> ways.make(Kind.BUNDLE));
        }
        Paragraph meaning = new Paragraph(translate("bundle.meaning"));
        meaning.addClassName("quiet");
        add(meaning, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        show();
    }

    private void show() {
        content.removeAll();
        content.add(ways.prepared(Kind.BUNDLE));
        List<Bundle> newest = bundles.all().reversed();
        content.add(newest.isEmpty() ? new EmptyState(translate("bundle.none"), translate("bundle.none.why")) : table(newest));
    }

    private Component table(List<Bundle> shown) {
        DataTable table = new DataTable(
                translate("bundle.title"), translate("bundle.name"), translate("bundle.members"), translate("bundle.off"), translate("bundle.window"),
                translate("rule.acts"));
        shown.forEach(bundle -> table.row(
                name(bundle), new Text(members.text(bundle)), new Text(Figures.percent(bundle.off().percent())), new Text(window(bundle)), acts(bundle)));
        return table;
    }

    private void write(Csv csv) {
        bundles.all().forEach(bundle -> csv.row(
                bundle.key(), bundle.name(), bundle.off().percent().toPlainString(), members.text(bundle), bundle.from(), bundle.until()));
    }

    private static Component name(Bundle bundle) {
        Span key = new Span(bundle.key());
        key.addClassName("quiet");
        Div name = new Div(new Span(bundle.name()), key);
        name.addClassName("stacked");
        return name;
    }

    private String window(Bundle bundle) {
        Instant now = clock.instant();
        Instant until = bundle.until();
        if (until != null) {
            return translate(now.isBefore(until) ? "bundle.until" : "bundle.over", When.minuteText(until, ZoneOffset.UTC));
        }
        return now.isBefore(bundle.from()) ? translate("bundle.from", When.minuteText(bundle.from(), ZoneOffset.UTC)) : translate("bundle.open");
    }

    private Component acts(Bundle bundle) {
        Instant until = bundle.until();
        if (!may || until != null && !clock.instant().isBefore(until)) {
            return Activity.link("bundle", bundle.id(), bundle.name());
        }
        Div acts = new Div(ways.button(Kind.BUNDLE, Act.CHANGE, bundle.key(), bundle.name()), ways.button(Kind.BUNDLE, Act.END, bundle.key(), bundle.name()), Activity.link("bundle", bundle.id(), bundle.name()));
        acts.addClassName("acts");
        return acts;
    }
}
