package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;
import static dev.headroom.stripe.StripeCalls.patiently;
import static dev.headroom.stripe.StripeCalls.translated;
import static dev.headroom.stripe.StripeGateway.declineCode;
import static dev.headroom.stripe.StripeGateway.key;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentMethod;
import com.stripe.model.SetupIntent;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.SetupIntentCreateParams;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A customer's cards. Callers pass the idempotency key of each request whose repetition would do more. */
@Component
public class StripeCardGateway {

    private final StripeClient stripe;

    StripeCardGateway(StripeClient stripe) {
        this.stripe = stripe;
    }

    /** A card saved for a customer, as far as a person may see it. */
    public record Card(String id, String brand, String last4, int expiresMonth, int expiresYear) {}

    /**
     * All cards of a customer, newest first.
     *
     * @param preferred the id of the one that is charged; absent when none is
     */
    public record Cards(List<Card> all, @Nullable String preferred) {}

    /** What came of saving a card. */
    public sealed interface CardAnswer {
        record Saved(Card card) implements CardAnswer {}

        record Refused(String code, String message) implements CardAnswer {}
    }

    /** What Stripe's library saves a card with in the browser, whatever the bank wants to know for that. */
    public record Setup(String id, String clientSecret) {}

    /** What has become of a {@link Setup}. */
    public sealed interface SetupProgress {

        /** @param paymentMethod saved for the customer */
        record Done(String paymentMethod) implements SetupProgress {}

        /** Nobody has entered a card yet, or the bank waits for its holder. */
        record Waiting() implements SetupProgress {}

        /** The bank refused the card that was entered last; another one may be. */
        record Failed(String code, String message) implements SetupProgress {}
    }

    /** Saves a card for a customer and makes it the one that is charged; a card the bank refuses outright is an answer, not an error. */
    public CardAnswer saveCard(String customer, String paymentMethod, String idempotencyKey) {
        try {
            PaymentMethod attached = patiently(() -> stripe.v1().paymentMethods().attach(
                    paymentMethod, PaymentMethodAttachParams.builder().setCustomer(customer).build(), key(idempotencyKey)));
            prefer(customer, attached.getId());
            return new CardAnswer.Saved(StripeReading.card(attached));
        } catch (CardException refused) {
            return new CardAnswer.Refused(declineCode(refused), refused.getUserMessage());
        } catch (StripeException failed) {
            throw translated(failed);
        }
    }

    /** Charges a saved card from now on; twice does no more than once. */
    public void prefer(String customer, String paymentMethod) {
        CustomerUpdateParams preferred = CustomerUpdateParams.builder()
                .setInvoiceSettings(CustomerUpdateParams.InvoiceSettings.builder().setDefaultPaymentMethod(paymentMethod).build())
                .build();
        call(() -> stripe.v1().customers().update(customer, preferred));
    }

    public Cards cards(String customer) {
        PaymentMethodListParams parameters = PaymentMethodListParams.builder()
                .setCustomer(customer)
                .setType(PaymentMethodListParams.Type.CARD)
                .setLimit(StripePages.MOST_A_PAGE)
                .build();
        List<Card> all = StripePages.from(() -> stripe.v1().paymentMethods().list(parameters)).map(StripeReading::card).toList();
        Customer owner = call(() -> stripe.v1().customers().retrieve(customer));
        String preferred = Optional.ofNullable(owner.getInvoiceSettings()).map(Customer.InvoiceSettings::getDefaultPaymentMethod).orElse(null);
        return new Cards(all, preferred);
    }

    /** Forgets a card; one that is not saved any more is left at that. */
    public void remove(String customer, String paymentMethod) {
        if (cards(customer).all().stream().anyMatch(card -> card.id().equals(paymentMethod))) {
            call(() -> stripe.v1().paymentMethods().detach(paymentMethod));
        }
    }

    public Setup startSetup(String customer, String idempotencyKey) {
        SetupIntentCreateParams parameters = SetupIntentCreateParams.builder()
                .setCustomer(customer)
                .addPaymentMethodType("card")
                .setUsage(SetupIntentCreateParams.Usage.OFF_SESSION)
                .build();
        SetupIntent made = call(() -> stripe.v1().setupIntents().create(parameters, key(idempotencyKey)));
        return new Setup(made.getId(), made.getClientSecret());
    }

    /** Empty for a set-up of another customer, or of none. */
    public Optional<SetupProgress> setup(String customer, String id) {
        try {
            SetupIntent found = call(() -> stripe.v1().setupIntents().retrieve(id));
            return Optional.of(found).filter(each -> customer.equals(each.getCustomer())).map(StripeCardGateway::progress);
        } catch (StripeRefusedException unknown) {
            return Optional.empty();
        }
    }

    private static SetupProgress progress(SetupIntent found) {
        if (found.getStatus().equals("succeeded")) {
            return new SetupProgress.Done(found.getPaymentMethod());
        }
        return Optional.ofNullable(found.getLastSetupError())
                .<SetupProgress>map(error -> new SetupProgress.Failed(
                        Optional.ofNullable(error.getDeclineCode()).or(() -> Optional.ofNullable(error.getCode())).orElse("card_declined"), error.getMessage()))
                .orElseGet(SetupProgress.Waiting::new);
    }
}
