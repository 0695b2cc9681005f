package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static java.util.stream.Collectors.toMap;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CreatePlanResult.AddOnKeyTaken;
import dev.headroom.catalog.CreatePlanResult.PlanKeyTaken;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.Product;
import dev.headroom.console.FormDialog;
import dev.headroom.console.RowKeys;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.DraftAlreadyOpen;
import dev.headroom.draft.Drafts.DraftKeyTaken;
import dev.headroom.draft.Drafts.DraftOpened;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** The ways from the catalogue into drafts, for whoever may edit it; whoever may not is told so. */
@Service
class DraftActs {

    /** What can be begun on the page of what is sold, and of what is prepared. */
    static final String MAKE = "make";
    static final String PUBLISH = "publish";

    private static final String DRAFTS = "drafts/";
    private static final int MOST = 100;

    private final SignedIn signedIn;
    private final Drafts drafts;
    private final Catalog catalog;
    private final Accounts accounts;
    private final ProductDialogs products;

    DraftActs(SignedIn signedIn, Drafts drafts, Catalog catalog, Accounts accounts, ProductDialogs products) {
        this.products = products;
        this.signedIn = signedIn;
        this.drafts = drafts;
        this.catalog = catalog;
        this.accounts = accounts;
    }

    /** The open drafts of plans and add-ons that are there; none for whoever may not see them. */
    Map<PlanId, Draft> open(List<Plan> plans) {
        return signedIn.may(Permission.CATALOG) ? drafts.openOf(signedIn.actor(), plans.stream().map(Plan::id).toList()) : Map.of();
    }

    /** Those whose own prices are among plans and add-ons. */
    Map<UUID, Account> owners(List<Plan> plans) {
        List<AccountId> owners = plans.stream().flatMap(plan -> Stream.ofNullable(plan.own())).map(own -> new AccountId(own.account())).distinct().toList();
        return accounts.byIds(signedIn.actor(), owners).values().stream().collect(toMap(account -> account.id().value(), account -> account));
    }

    static String address(Draft draft) {
        return DRAFTS + draft.id();
    }

    /** Plans or add-ons that are not there yet, and are in no list of those that are; empty where there are none. */
    Component prepared(Plan.Kind kind) {
        UnorderedList list = new UnorderedList();
        List<Draft> fresh = signedIn.may(Permission.CATALOG) ? drafts.page(signedIn.actor(), Draft.State.OPEN, null, MOST) : List.of();
        fresh.stream().filter(draft -> draft.plan(catalog.snapshot()).isEmpty() && draft.subject().kind() == kind)
                .map(draft -> new ListItem(new Anchor(address(draft), name(draft)), new Text(" · " + draft.subject().key() + drafts.account(signedIn.actor(), draft).map(account -> " · " + translate("ownprice.of", account.name())).orElse(""))))
                .forEach(list::add);
        return list.getComponentCount() == 0 ? new Div() : new Section(translate("draft.prepared"), list);
    }

    static String name(Draft draft) {
        return Optional.ofNullable(draft.sheet().name()).filter(name -> !name.isBlank()).orElse(draft.subject().key());
    }

    /** Opens the draft of the next version, or joins the one that is there. */
    Component edit(PlanRow row) {
        if (!signedIn.may(Permission.CATALOG)) {
            return forbidden();
        }
        Button edit = new Button(translate(row.draft() == null ? "draft.edit" : "draft.join"), VaadinIcon.EDIT.create(),
                click -> next(row.plan()));
        RowKeys.edits(edit);
        return edit;
    }

    /** Likewise, from wherever one is. */
    void next(Plan plan) {
        go(new Wanted.Next(plan.kind(), plan.key()));
    }

    /** Begins something that is not sold yet. */
    Component make(Plan.Kind kind) {
        return signedIn.may(Permission.CATALOG) ? new Button(title(kind), VaadinIcon.PLUS.create(), click -> ask(kind)) : forbidden();
    }

    private static Component forbidden() {
        Span why = new Span(translate("draft.forbidden.short"));
        why.addClassName("quiet");
        return why;
    }

    private static String title(Plan.Kind kind) {
        return switch (kind) {
            case TIER -> translate("draft.make.plan");
            case ADD_ON -> translate("draft.make.addon");
        };
    }

    void ask(Plan.Kind kind) {
        if (!signedIn.may(Permission.CATALOG)) {
            return;
        }
        List<Product> products = catalog.snapshot().products();
        if (products.isEmpty()) {
            // A plan is of a product, and whoever has none yet says first what that is.
            this.products.make(_ -> ask(kind));
            return;
        }
        Select<Product> product = new Select<>();
        product.setLabel(translate("plan.product"));
        product.setItems(products);
        product.setItemLabelGenerator(Product::name);
        products.stream().findFirst().ifPresent(product::setValue);
        TextField key = new TextField(translate("draft.key"));
        key.setHelperText(translate("draft.key.hint"));
        String input = kind == Plan.Kind.TIER ? "input.newPlan" : "input.newAddOn";
        new FormDialog(title(kind), translate("draft.make"),
                () -> go(new Wanted.New(kind, Check.present(input + ".product", product.getValue()).key(), key.getValue().strip())), product, key)
                .with(input + ".product", product).with(input + ".key", key).open();
    }

    void go(Wanted wanted) {
        switch (drafts.open(signedIn.actor(), Ids.next().toString(), wanted)) {
            case DraftOpened(var draft) -> UI.getCurrent().navigate(address(draft));
            case DraftAlreadyOpen(var draft) -> UI.getCurrent().navigate(address(draft));
            case DraftKeyTaken(PlanKeyTaken(var other)) -> throw taken(wanted, other);
            case DraftKeyTaken(AddOnKeyTaken(var other)) -> throw taken(wanted, other);
        }
    }

    private static String field(Wanted wanted) {
        return switch (wanted) {
            case Wanted.Next _, Wanted.Own _ -> "input.key";
            case Wanted.New fresh -> fresh.kind() == Plan.Kind.TIER ? "input.newPlan.key" : "input.newAddOn.key";
            case Wanted.Copy copy -> copy.kind() == Plan.Kind.TIER ? "input.copiedPlan.key" : "input.copiedAddOn.key";
        };
    }

    private static HeadroomException taken(Wanted wanted, Plan by) {
        return HeadroomException.invalid(field(wanted), translate("draft.key.taken", by.name()));
    }
}
