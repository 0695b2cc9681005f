package dev.headroom.console.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.vaadin.flow.component.html.Main;
import dev.headroom.Dashboard;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsoleTest;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What only Stripe can reckon stands in the quote, by its name and as Stripe's. */
class StripesAmountsTest extends ConsoleTest {

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    private Story story;
    private String account;

    @BeforeEach
    void aCustomer() {
        story = stories.begin();
        account = story.subscribed("ada", "team", 4);
    }

    @AfterEach
    void untaxed() {
        stories.sandbox().taxAt(null);
    }

    @Test
    void taxIsALineOfItsOwn() throws StripeException {
        stories.sandbox().taxAt(new BigDecimal("19"));
        stripe.v1().subscriptions().update(new Dashboard(stripe, accounts, story).subscription(account).getId(), SubscriptionUpdateParams.builder()
                .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());
        stories.settle();

        open();

        assertThat(dialog()).contains("Remaining time: pro, 4 seats", "Tax", "On $96.00, as Stripe reckons it", "$18.24");
        assertThat(button("Pay").orElseThrow().getText()).isEqualTo("Pay $114.24 now and change");
    }

    @Test
    void whatWaitsAtStripeIsCalledWhatItIsCalledThere() throws StripeException {
        stripe.v1().invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(accounts.meant(new Actor.System("test"), account).stripeCustomer())
                .setAmount(4_200L).setCurrency("usd").setDescription("Workshop").build());
        stories.settle();

        open();

        assertThat(dialog()).contains("Workshop", "Stripe’s amount: $42.00");
        assertThat(button("Pay").orElseThrow().getText()).isEqualTo("Pay $138.00 now and change");
    }

    private void open() {
        navigate("accounts/" + account, Main.class);
        press("Change plan");
    }
}
