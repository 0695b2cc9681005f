package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Product;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Words;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.policy.AddTransitionRule;
import dev.headroom.policy.AddTransitionRule.TransitionRuleAdded;
import dev.headroom.policy.AddTransitionRule.TransitionRuleExists;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.CreditGuard;
import dev.headroom.policy.CreditGuard.Measure;
import dev.headroom.policy.Policies;
import dev.headroom.policy.RemoveTransitionRule;
import dev.headroom.policy.SetCreditGuard;
import dev.headroom.policy.Transition;
import dev.headroom.policy.TransitionRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be done with transition rules and the guard against credit. */
final class TransitionDialogs {

    private final SignedIn signedIn;
    private final Policies policies;
    private final CatalogSnapshot catalog;
    private final Runnable changed;

    TransitionDialogs(SignedIn signedIn, Policies policies, CatalogSnapshot catalog, Runnable changed) {
        this.signedIn = signedIn;
        this.policies = policies;
        this.catalog = catalog;
        this.changed = changed;
    }

    /** @param chosen absent is the first */
    void add(@Nullable Product chosen) {
        ComboBox<Product> product = new ComboBox<>(translate("plan.product"), catalog.products());
        product.setItemLabelGenerator(Product::name);
        ComboBox<ChangeKind> kind = words(translate("transition.kind"), ChangeKind.values());
        ComboBox<Plan> from = plans(translate("transition.from"));
        ComboBox<Plan> to = plans(translate("transition.to"));
        ComboBox<Transition> how = words(translate("transition.how"), Transition.values());
        product.addValueChangeListener(change -> List.of(from, to).forEach(plans -> plans.setItems(of(change.getValue()))));
        product.setValue(chosen == null ? catalog.products().getFirst() : chosen);
        product.setWidthFull();
        // One key a dialog, so that a second press adds nothing twice.
        String key = "console:" + Ids.next();
        new FormDialog(translate("transition.new"), translate("transition.save"), () -> add(new AddTransitionRule(
                key + kind.getValue() + how.getValue() + key(from) + key(to), Check.present("input.product", product.getValue()).key(),
                Check.present("input.kind", kind.getValue()), key(from), key(to), Check.present("input.transition", how.getValue()))),
                product, kind, from, to, how)
                .with("input.product", product).with("input.kind", kind).with("input.from", from).with("input.to", to).with("input.transition", how).open();
    }

    private void add(AddTransitionRule command) {
        switch (policies.add(signedIn.actor(), command)) {
            case TransitionRuleAdded _ -> changed.run();
            case TransitionRuleExists(TransitionRule rule) -> throw HeadroomException.invalid("input.kind", translate("transition.exists", Words.of(rule.transition())));
        }
    }

    void remove(TransitionRule rule) {
        new FormDialog(translate("transition.remove.title"), translate("transition.remove"), () -> {
            policies.remove(signedIn.actor(), new RemoveTransitionRule("console:" + rule.id(), rule.id().toString()));
            changed.run();
        }, new Paragraph(translate("transition.remove.meaning"))).open();
    }

    void guard(Product product, CreditGuard now) {
        TextField days = new TextField(translate("transition.guard.days"));
        days.setHelperText(translate("transition.guard.hint"));
        days.setAllowedCharPattern("[0-9]");
        days.setValue(String.valueOf(now.days()));
        days.setWidthFull();
        RadioButtonGroup<Measure> measure = new RadioButtonGroup<>(translate("transition.guard.measure"), Measure.values());
        measure.setItemLabelGenerator(Words::of);
        measure.setValue(now.measure());
        new FormDialog(translate("transition.guard.change.of", product.name()), translate("transition.guard.save"), () -> {
            policies.set(signedIn.actor(), new SetCreditGuard(product.key(), whole(days), measure.getValue()));
            changed.run();
        }, days, measure).with("input.days", days).open();
    }

    private static int whole(TextField days) {
        try {
            return Integer.parseInt(days.getValue().strip());
        } catch (NumberFormatException wrong) {
            throw HeadroomException.invalid("input.days", translate("rule.number"));
        }
    }

    private List<Plan> of(@Nullable Product product) {
        return product == null ? List.of() : catalog.plans().stream().filter(plan -> plan.own() == null && plan.product().equals(product.id())).toList();
    }

    private static ComboBox<Plan> plans(String label) {
        ComboBox<Plan> plans = new ComboBox<>(label);
        plans.setItemLabelGenerator(Plan::name);
        plans.setPlaceholder(translate("transition.any"));
        plans.setClearButtonVisible(true);
        plans.setWidthFull();
        return plans;
    }

    @SafeVarargs
    private static <E extends Enum<E>> ComboBox<E> words(String label, E... values) {
        ComboBox<E> words = new ComboBox<>(label, values);
        words.setItemLabelGenerator(Words::of);
        words.setWidthFull();
        return words;
    }

    private static @Nullable String key(ComboBox<Plan> plan) {
        return Optional.ofNullable(plan.getValue()).map(Plan::key).orElse(null);
    }
}
