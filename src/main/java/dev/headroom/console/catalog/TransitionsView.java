package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.Product;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Words;
import dev.headroom.policy.CreditGuard;
import dev.headroom.policy.Policies;
import dev.headroom.policy.ProductPolicy;
import dev.headroom.policy.TransitionRule;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How customers may move between what is sold, product by product. */
@Route(TransitionsView.PATH)
@PermitAll
class TransitionsView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "transitions";
    private static final String PRODUCT = "product";
    private static final List<String> COLUMNS = List.of("product", "kind", "from", "to", "transition");

    private final Policies policies;
    private final CatalogSnapshot catalog;
    private final TransitionDialogs dialogs;
    private final boolean may;
    private final Select<Product> shown = new Select<>();
    private final Div content = new Div();
    private @Nullable QueryState state;

    TransitionsView(SignedIn signedIn, Policies policies, Catalog catalog) {
        this.policies = policies;
        this.catalog = catalog.snapshot();
        this.dialogs = new TransitionDialogs(signedIn, policies, this.catalog, this::show);
        this.may = signedIn.may(Permission.PUBLISH);
        title(translate("transition.title"));
        if (may && !this.catalog.products().isEmpty()) {
            Button make = new Button(translate("transition.new"), click -> dialogs.add(shown.getValue()));
            make.addThemeVariants(ButtonVariant.PRIMARY);
            actions(make);
        }
        shown.setLabel(translate("plan.product"));
        shown.setItems(this.catalog.products());
        shown.setItemLabelGenerator(product -> product == null ? translate("transition.all") : product.name());
        shown.setEmptySelectionAllowed(true);
        shown.setEmptySelectionCaption(translate("transition.all"));
        shown.setVisible(this.catalog.products().size() > 1);
        Paragraph meaning = new Paragraph(translate("transition.meaning"));
        meaning.addClassName("quiet");
        shown.addValueChangeListener(change -> {
            if (state != null && change.isFromClient()) {
                state.choose(PRODUCT, Optional.ofNullable(change.getValue()).map(Product::key).orElse(null));
                show();
            }
        });
        Div toolbar = new Div(shown, Csv.link(translate("csv.download"), PATH, COLUMNS, this::write));
        toolbar.addClassName("toolbar");
        add(meaning, toolbar, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = QueryState.of(event.getLocation());
        shown.setValue(state.get(PRODUCT).flatMap(catalog::product).orElse(null));
        show();
    }

    private void show() {
        content.removeAll();
        List<Product> products = catalog.products();
        if (products.isEmpty()) {
            content.add(new EmptyState(translate("transition.no.product"), translate("transition.no.product.why")));
        }
        chosen().forEach(product -> content.add(section(product)));
    }

    private Stream<Product> chosen() {
        return catalog.products().stream().filter(product -> shown.isEmpty() || product.equals(shown.getValue()));
    }

    /** A rule that names no plan is of each, and says nothing there. */
    private void write(Csv csv) {
        chosen().forEach(product -> policies.of(product.id()).rules().forEach(
                rule -> csv.row(product.key(), rule.kind(), key(rule.from()), key(rule.to()), rule.transition())));
    }

    private @Nullable String key(@Nullable PlanId id) {
        return id == null ? null : catalog.plan(id).key();
    }

    private Component section(Product product) {
        ProductPolicy policy = policies.of(product.id());
        return new Section(product.name(), guard(product, policy.guard()), policy.rules().isEmpty()
                ? new EmptyState(translate("transition.none"), translate("transition.none.why"))
                : table(product, policy.rules()));
    }

    private Component guard(Product product, CreditGuard guard) {
        Div line = new Div(new Span(text(guard)));
        line.addClassNames("beside", "guard");
        if (may) {
            line.add(act(translate("transition.guard.change"), translate("transition.guard.change.of", product.name()), () -> dialogs.guard(product, guard)));
        }
        return line;
    }

    private static String text(CreditGuard guard) {
        if (guard.days() == 0) {
            return translate("transition.guard.none");
        }
        String days = Figures.number(guard.days());
        return switch (guard.measure()) {
            case WAITS -> translate("transition.guard.waits", days);
            case NO_CREDIT -> translate("transition.guard.credit", days);
        };
    }

    private Component table(Product product, List<TransitionRule> rules) {
        DataTable table = new DataTable(
                translate("transition.of", product.name()), translate("transition.kind"), translate("transition.from"), translate("transition.to"),
                translate("transition.how"), translate("rule.acts"));
        rules.forEach(rule -> table.row(
                new Text(Words.of(rule.kind())), new Text(plan(rule.from())), new Text(plan(rule.to())), new Text(Words.of(rule.transition())), acts(rule)));
        return table;
    }

    private String plan(@Nullable PlanId id) {
        return catalog.plans().stream().filter(plan -> plan.id().equals(id)).map(Plan::name).findFirst().orElse(translate("transition.any"));
    }

    private Component acts(TransitionRule rule) {
        if (!may) {
            return new Text("");
        }
        Button remove = act(translate("transition.remove"),
                translate("transition.remove.of", Words.of(rule.kind()), plan(rule.from()), plan(rule.to())), () -> dialogs.remove(rule));
        remove.addThemeVariants(ButtonVariant.ERROR);
        Div acts = new Div(remove);
        acts.addClassName("acts");
        return acts;
    }

    private static Button act(String text, String name, Runnable act) {
        Button button = new Button(text, click -> act.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(name);
        return button;
    }
}
