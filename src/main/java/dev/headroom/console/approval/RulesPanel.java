package dev.headroom.console.approval;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Permission;
import dev.headroom.approval.ApprovalRuleSets;
import dev.headroom.approval.ApprovalRuleSets.ApprovalRulesMoved;
import dev.headroom.approval.ApprovalRuleSets.SetApprovalRules;
import dev.headroom.approval.ApprovalRules;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Product;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What of each product is not sold without approval. */
final class RulesPanel extends Div {

    private final SignedIn signedIn;
    private final ApprovalRuleSets rules;
    private final CatalogSnapshot catalog;

    RulesPanel(SignedIn signedIn, ApprovalRuleSets rules, CatalogSnapshot catalog) {
        this.signedIn = signedIn;
        this.rules = rules;
        this.catalog = catalog;
        show();
    }

    private void show() {
        removeAll();
        Paragraph meaning = new Paragraph(translate("approval.rules.meaning"));
        meaning.addClassName("quiet");
        add(meaning);
        catalog.products().forEach(product -> add(section(product, rules.of(signedIn.actor(), product.id()))));
    }

    private Section section(Product product, ApprovalRules current) {
        List<String> lines = lines(current);
        Section section = new Section(product.name());
        if (lines.isEmpty()) {
            section.add(new EmptyState(translate("approval.rules.none"), translate("approval.rules.none.why")));
        } else {
            UnorderedList list = new UnorderedList();
            lines.forEach(line -> list.add(new ListItem(line)));
            section.add(list);
        }
        if (signedIn.may(Permission.ADMIN)) {
            Button change = new Button(translate("approval.rules.change"), click -> new Form(product, current).open());
            change.setAriaLabel(translate("approval.rules.change.of", product.name()));
            section.add(change);
        }
        return section;
    }

    private List<String> lines(ApprovalRules current) {
        Stream<String> seats = Optional.ofNullable(current.seats()).map(most -> translate("approval.rules.seats", Figures.number(most))).stream();
        Stream<String> recurring = current.recurring().stream().map(most -> translate("approval.rules.recurring", Figures.money(most)));
        Stream<String> discount = Optional.ofNullable(current.discount()).map(most -> translate("approval.rules.discount", Figures.percent(most))).stream();
        Stream<String> plans = sold(current).stream().map(plan -> translate("approval.rules.plan", plan.name()));
        List<String> bounds = Stream.of(seats, recurring, discount, plans).flatMap(each -> each).toList();
        return bounds.isEmpty() ? bounds : Stream.concat(bounds.stream(), Stream.of(translate("approval.rules.days", current.requestDays()))).toList();
    }

    private List<Plan> sold(ApprovalRules current) {
        return Stream.concat(catalog.plans().stream(), catalog.addOns().stream()).filter(plan -> current.plans().contains(plan.id())).toList();
    }

    /** The fields of one product's rules; left empty is no bound. */
    private final class Form {

        private final Product product;
        private final ApprovalRules current;
        private final TextField seats = field("approval.rules.field.seats", "[0-9]");
        private final TextField discount = field("approval.rules.field.discount", "[0-9.,]");
        private final TextField days = field("approval.rules.field.days", "[0-9]");
        private final MultiSelectComboBox<Plan> plans = new MultiSelectComboBox<>(translate("approval.rules.field.plans"));
        private final Map<Currency, TextField> recurring = new LinkedHashMap<>();
        private final Div amounts = new Div();

        Form(Product product, ApprovalRules current) {
            this.product = product;
            this.current = current;
            seats.setValue(Optional.ofNullable(current.seats()).map(String::valueOf).orElse(""));
            discount.setValue(Optional.ofNullable(current.discount()).map(BigDecimal::toPlainString).orElse(""));
            days.setValue(String.valueOf(current.requestDays()));
            plans.setItems(Stream.concat(catalog.plans().stream(), catalog.addOns().stream()).filter(plan -> plan.own() == null && plan.product().equals(product.id())).toList());
            plans.setItemLabelGenerator(Plan::name);
            plans.setValue(sold(current));
            plans.setWidthFull();
            amounts.addClassName("amount");
            currencies().forEach(this::amount);
        }

        private List<Currency> currencies() {
            return catalog.plans().stream()
                    .filter(plan -> plan.product().equals(product.id()))
                    .flatMap(plan -> catalog.versionsOf(plan).stream())
                    .flatMap(version -> version.prices().stream())
                    .map(price -> price.price().currency())
                    .distinct()
                    .sorted(Comparator.comparing(Currency::getCurrencyCode))
                    .toList();
        }

        private void amount(Currency currency) {
            TextField field = new TextField(translate("approval.rules.field.recurring", currency.getCurrencyCode()));
            field.setAllowedCharPattern("[0-9.,]");
            field.setValue(current.recurring().stream()
                    .filter(each -> each.currency().equals(currency)).findFirst().map(each -> each.major().toPlainString()).orElse(""));
            field.setWidthFull();
            recurring.put(currency, field);
            amounts.add(field);
        }

        void open() {
            new FormDialog(translate("approval.rules.change.of", product.name()), translate("approval.rules.save"), this::save, seats, amounts, discount, plans, days)
                    .with("input.seats", seats).with("input.discountPercent", discount).with("input.requestDays", days).open();
        }

        private void save() {
            SetApprovalRules command = new SetApprovalRules(
                    product.key(), current.version(), decimal("input.seats", seats).map(BigDecimal::longValue).orElse(null), wanted(),
                    decimal("input.discountPercent", discount).orElse(null), plans.getValue().stream().map(Plan::key).toList(),
                    decimal("input.requestDays", days).map(BigDecimal::intValue).orElse(0));
            if (rules.set(signedIn.actor(), command) instanceof ApprovalRulesMoved) {
                throw HeadroomException.of(ErrorCode.CONFLICT, null, translate("approval.rules.moved"));
            }
            show();
        }

        private List<Money> wanted() {
            return recurring.entrySet().stream().flatMap(each -> decimal("input.recurring", each.getValue()).stream().map(major -> money(major, each.getKey()))).toList();
        }

        private static Money money(BigDecimal major, Currency currency) {
            try {
                return new Money(major.movePointRight(currency.getDefaultFractionDigits()).longValueExact(), currency);
            } catch (ArithmeticException tooFine) {
                throw HeadroomException.invalid("input.recurring", translate("approval.rules.amount.wrong"));
            }
        }
    }

    private static Optional<BigDecimal> decimal(String path, TextField field) {
        String text = field.getValue().strip().replace(',', '.');
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text.length() > 15 ? "" : text));
        } catch (NumberFormatException wrong) {
            throw HeadroomException.invalid(path, translate("rule.number"));
        }
    }

    private static TextField field(String label, String allowed) {
        TextField field = new TextField(translate(label));
        field.setAllowedCharPattern(allowed);
        field.setWidthFull();
        return field;
    }
}
