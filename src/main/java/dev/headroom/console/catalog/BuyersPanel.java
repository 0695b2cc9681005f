package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Product;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.console.Words;
import dev.headroom.money.Currencies;
import dev.headroom.storefront.PricingTable;
import dev.headroom.time.Interval;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pricing table with what a buyer could switch in it; the choices stand in the address. */
public final class BuyersPanel extends Div {

    /** What the tab is called in the address. */
    static final String TAB = "buyers";
    private static final String PRODUCT = "product";
    private static final String CURRENCY = "currency";
    private static final String INTERVAL = "interval";

    private final CatalogSnapshot catalog;
    private final BiFunction<Product, @Nullable Currency, Optional<PricingTable>> read;
    private QueryState state;
    private final Select<Product> product = new Select<>();
    private final Select<Currency> currency = new Select<>();
    private final RadioButtonGroup<Interval> interval = new RadioButtonGroup<>(translate("buyers.interval"));
    private final Div shown = new Div();

    /**
     * @param products between which can be switched
     * @param read     what is on sale of one, in a currency or in the one that suits it
     */
    public BuyersPanel(
            QueryState state, CatalogSnapshot catalog, List<Product> products, BiFunction<Product, @Nullable Currency, Optional<PricingTable>> read) {
        this.catalog = catalog;
        this.read = read;
        this.state = state;
        product.setLabel(translate("compare.product"));
        product.setItemLabelGenerator(Product::name);
        product.setItems(products);
        product.setVisible(products.size() > 1);
        currency.setLabel(translate("buyers.currency"));
        currency.setItemLabelGenerator(Currency::getCurrencyCode);
        interval.setItems(Interval.values());
        interval.setItemLabelGenerator(each -> translate("buyers.by", Words.of(each)));
        Div choices = new Div(product, currency, interval);
        choices.addClassName("toolbar");
        add(choices, shown);
        follow(state);
        product.addValueChangeListener(change -> chosen(PRODUCT, Optional.ofNullable(change.getValue()).map(Product::key).orElse(null), change.isFromClient()));
        currency.addValueChangeListener(change -> chosen(CURRENCY, Optional.ofNullable(change.getValue()).map(Currency::getCurrencyCode).orElse(null), change.isFromClient()));
        interval.addValueChangeListener(change -> chosen(INTERVAL, change.getValue() == Interval.YEAR ? Interval.YEAR.name() : null, change.isFromClient()));
    }

    /** Shows what an address asks for. */
    void follow(QueryState other) {
        state = other;
        interval.setValue(state.get(INTERVAL).filter(Interval.YEAR.name()::equals).isPresent() ? Interval.YEAR : Interval.MONTH);
        List<Product> products = product.getListDataView().getItems().toList();
        products.stream().filter(each -> state.get(PRODUCT).filter(each.key()::equals).isPresent()).findFirst()
                .or(() -> products.stream().findFirst()).ifPresent(product::setValue);
        show(state.get(CURRENCY).flatMap(BuyersPanel::parsed).orElse(null));
    }

    /** What somebody typed into the address may be no currency at all. */
    private static Optional<Currency> parsed(String code) {
        return Currencies.supported().stream().filter(known -> known.getCurrencyCode().equals(code)).findFirst();
    }

    private void chosen(String name, @Nullable String value, boolean byHand) {
        if (byHand) {
            state.choose(name, value);
            show(currency.getValue());
        }
    }

    /** Reads it again, with what is chosen. */
    public void show() {
        show(currency.getValue());
    }

    private void show(@Nullable Currency wanted) {
        shown.removeAll();
        Optional<PricingTable> table = Optional.ofNullable(product.getValue()).flatMap(each -> read.apply(each, wanted));
        table.ifPresentOrElse(this::show, () -> {
            currency.setItems(List.of());
            shown.add(new EmptyState(translate("buyers.none"), translate("buyers.none.why")));
        });
    }

    private void show(PricingTable table) {
        currency.setItems(Stream.concat(table.currencies().stream(), Stream.of(table.currency())).distinct().toList());
        currency.setValue(table.currency());
        shown.add(new BuyersTable(table, catalog, Optional.ofNullable(interval.getValue()).orElse(Interval.MONTH)));
        String left = leftOut(table);
        if (!left.isEmpty()) {
            Paragraph note = new Paragraph(translate("buyers.left", left));
            note.addClassName("quiet");
            shown.add(note);
        }
    }

    /** What is sold and yet not shown, for the vendor would look for it in vain. */
    private String leftOut(PricingTable table) {
        List<Plan> there = Stream.concat(table.plans().stream(), table.addOns().stream()).map(PricingTable.Listed::plan).toList();
        return Stream.of(catalog.onSale(table.product().id()), catalog.addOnsOnSale(table.product().id())).flatMap(List::stream)
                .map(version -> version.plan())
                .filter(plan -> there.stream().noneMatch(shownThere -> shownThere.id().equals(plan.id())))
                .map(plan -> translate(plan.listed() ? "buyers.left.price" : "buyers.left.hidden", plan.name(), table.currency().getCurrencyCode()))
                .collect(Collectors.joining(" · "));
    }
}
