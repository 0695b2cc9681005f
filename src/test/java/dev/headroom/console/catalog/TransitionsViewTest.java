package dev.headroom.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.Story;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Product;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedInAs;
import dev.headroom.identity.Role;
import dev.headroom.policy.AddTransitionRule;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.CreditGuard;
import dev.headroom.policy.CreditGuard.Measure;
import dev.headroom.policy.Policies;
import dev.headroom.policy.ProductPolicy;
import dev.headroom.policy.SetCreditGuard;
import dev.headroom.policy.Transition;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How customers may move, as the vendor sets it. */
class TransitionsViewTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    private Policies policies;

    @Autowired
    private Catalog catalog;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void aRefusalIsToldInTheReadersLanguage() {
        UI.getCurrent().setLocale(Locale.GERMAN);
        follow("transitions", "product", story.key("suite"));
        press("Neue Wechselregel");
        press("Regel hinzufügen");
        assertThat(choice(1).getErrorMessage()).isEqualTo("Dieses Feld wird gebraucht");
        this.<ChangeKind>choice(1).setValue(ChangeKind.UPGRADE);
        this.<Plan>choice(2).setValue(plan("pro"));
        this.<Plan>choice(3).setValue(plan("team"));
        this.<Transition>choice(4).setValue(Transition.PERIOD_END);
        press("Regel hinzufügen");
        assertThat(choice(3).getErrorMessage()).isEqualTo("Von pro zu team ist kein Aufstieg");
    }

    @Test
    void aRuleIsAddedOnceAndRemoved() {
        follow("transitions", "product", story.key("suite"));
        assertThat(page()).contains("No rule: everything is as is usual");
        press("New transition rule");
        press("Add the rule");
        assertThat(choice(1).getErrorMessage()).isEqualTo("This field is required");
        this.<ChangeKind>choice(1).setValue(ChangeKind.UPGRADE);
        this.<Plan>choice(2).setValue(plan("pro"));
        this.<Plan>choice(3).setValue(plan("team"));
        this.<Transition>choice(4).setValue(Transition.PERIOD_END);
        press("Add the rule");
        assertThat(choice(3).getErrorMessage()).contains("is no upgrade");
        choice(2).clear();
        press("Add the rule");
        assertThat(page()).contains("To a higher plan", "Any plan", "When the period ends");
        assertThat(policy().rules()).singleElement().satisfies(rule -> {
            assertThat(rule.from()).isNull();
            assertThat(rule.to()).isEqualTo(plan("team").id());
        });

        press("New transition rule");
        this.<ChangeKind>choice(1).setValue(ChangeKind.UPGRADE);
        this.<Plan>choice(3).setValue(plan("team"));
        this.<Transition>choice(4).setValue(Transition.REFUSED);
        press("Add the rule");
        assertThat(choice(1).getErrorMessage()).contains("When the period ends");
        press("Cancel");

        press("Remove");
        assertThat(dialog()).contains("What was quoted stands");
        press("Remove");
        assertThat(policy().rules()).isEmpty();
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoMayNotChangeThemReadsThem() {
        policies.add(SELF, new AddTransitionRule(UUID.randomUUID().toString(), story.key("suite"), ChangeKind.END, story.key("pro"), null, Transition.BY_APPROVAL));
        policies.set(SELF, new SetCreditGuard(story.key("suite"), 0, Measure.WAITS));
        follow("transitions", "product", story.key("suite"));
        assertThat(page()).contains("End of the subscription", "Once somebody has approved", "Less is credited however soon it comes after more.");
        assertThat(button("New transition rule")).isEmpty();
        assertThat(button("Remove")).isEmpty();
    }

    @Test
    void theGuardIsSet() {
        follow("transitions", "product", story.key("suite"));
        assertThat(page()).contains("Less within 7 days after more waits for the end of the period.");
        press("Change");
        TextField days = find(TextField.class).single();
        assertThat(days.getValue()).isEqualTo("7");
        days.setValue("400");
        press("Set it");
        assertThat(days.getErrorMessage()).contains("0 to 366");
        days.setValue("30");
        find(RadioButtonGroup.class).single().setValue(Measure.NO_CREDIT);
        press("Set it");
        assertThat(policy().guard()).isEqualTo(new CreditGuard(30, Measure.NO_CREDIT));
        UI.getCurrent().setLocale(Locale.GERMAN);
        follow("transitions", "product", story.key("suite"));
        assertThat(page()).contains("Weniger innerhalb von 30 Tagen nach mehr gilt sofort, ohne Gutschrift.");
    }

    private ProductPolicy policy() {
        return policies.of(product().id());
    }

    private Product product() {
        return catalog.snapshot().product(story.key("suite")).orElseThrow();
    }

    private Plan plan(String name) {
        return catalog.snapshot().requirePlan("plan", story.key(name));
    }

    @SuppressWarnings("unchecked")
    private <T> ComboBox<T> choice(int at) {
        return find(ComboBox.class).all().get(at);
    }
}
