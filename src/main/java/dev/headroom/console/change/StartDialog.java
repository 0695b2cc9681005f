package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import dev.headroom.catalog.Product;
import dev.headroom.change.StartSubscriptionResult;
import dev.headroom.change.StartSubscriptionResult.AlreadySubscribed;
import dev.headroom.change.StartSubscriptionResult.FirstPaymentDeclined;
import dev.headroom.change.StartSubscriptionResult.PaymentMethodRequired;
import dev.headroom.change.StartSubscriptionResult.PlanIsNotOnSale;
import dev.headroom.change.StartSubscriptionResult.StartInProgress;
import dev.headroom.change.StartSubscriptionResult.StartNeedsApproval;
import dev.headroom.change.StartSubscriptionResult.StartQuoteIsStale;
import dev.headroom.change.StartSubscriptionResult.SubscriptionStarted;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.start.RequestedStart;
import dev.headroom.start.StartQuote;
import dev.headroom.start.StartQuoteResult;
import dev.headroom.start.StartQuoteResult.StartNotAllowed;
import dev.headroom.subscription.AccountSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Choose what begins, see the quote, pay exactly that. */
final class StartDialog extends QuoteDialog {

    /** The bank's answer and Stripe's own. */
    private static final Set<String> ASKS_THE_HOLDER = Set.of("authentication_required", "subscription_payment_intent_requires_action");

    private final StartTalk talk;
    private @Nullable RequestedStart wanted;

    StartDialog(StartTalk talk, List<Product> products, Runnable changed) {
        super(translate("start.title", talk.account().name()), talk.account().zone(), changed);
        this.talk = talk;
        StartChoice choice = new StartChoice(products, talk, this::ask, this::await);
        choosing(choice);
        if (products.isEmpty()) {
            choice.setVisible(false);
            refuse(translate("start.none"));
        } else {
            choice.begin();
        }
    }

    private void ask(RequestedStart start) {
        wanted = start;
        asking(() -> show(talk.ask(start)));
    }

    @Override
    void askAgain() {
        if (wanted != null) {
            ask(wanted);
        }
    }

    private void show(StartQuoteResult result) {
        switch (result) {
            case StartQuote found -> offer(found);
            case StartQuoteResult.AlreadySubscribed(var running) -> refuse(already(running));
            case StartQuoteResult.PlanIsNotOnSale(var plan) -> refuse(translate("change.refused.sale", plan.name()));
            case StartNotAllowed(var rule, var _) -> refuse(Words.of(rule));
        }
    }

    private void offer(StartQuote found) {
        List<Component> quote = new ArrayList<>();
        if (talk.lacksCard(found)) {
            quote.add(new Notice(Notice.Kind.INFO, translate("start.card"), translate("start.card.why")));
        }
        invoiced().filter(_ -> found.dueNow().isPositive()).ifPresent(quote::add);
        quote.add(new StartPanel(found, zone()));
        Button pay = accepting(StartPanel.label(found), talk.mayAccept() && !talk.lacksCard(found));
        pay.addClickListener(click -> accept(() -> answer(talk.accept(found), found), pay));
        offer(quote, found.expiresAt(), translate("quote.due") + ": " + Figures.money(found.dueNow()), reason(found), pay);
    }

    private String reason(StartQuote found) {
        if (!talk.mayAccept()) {
            return translate("change.forbidden");
        }
        return talk.lacksCard(found) ? translate("start.card.first") : "";
    }

    /** Whoever is sent invoices for one product would expect it of the next one too. */
    private Optional<Notice> invoiced() {
        return talk.running().stream().filter(each -> each.collection().byInvoice()).findFirst().map(each -> new Notice(
                Notice.Kind.INFO, translate("start.invoiced"), translate("start.invoiced.why", each.planVersion(talk.catalog()).plan().name())));
    }

    private String already(AccountSubscription running) {
        return translate("start.already", running.planVersion(talk.catalog()).plan().name());
    }

    private void answer(StartSubscriptionResult result, StartQuote accepted) {
        switch (result) {
            case SubscriptionStarted _ -> end(StartPanel.started(accepted, zone()));
            case StartQuoteIsStale(var why, var fresh) -> {
                show(fresh);
                tell(StaleNotice.of(accepted, fresh, why));
            }
            case AlreadySubscribed(var running) -> again(new Notice(Notice.Kind.INFO, translate("start.nothing"), already(running)));
            case PlanIsNotOnSale(var plan) -> again(new Notice(Notice.Kind.INFO, translate("start.nothing"), translate("change.refused.sale", plan.name())));
            case PaymentMethodRequired _ -> again(new Notice(Notice.Kind.INFO, translate("start.card"), translate("start.card.why")));
            case FirstPaymentDeclined(var code, var message) -> again(ASKS_THE_HOLDER.contains(code)
                    ? new Notice(Notice.Kind.ERROR, translate("start.unconfirmed"), translate("start.unconfirmed.why", talk.account().name()))
                    : new Notice(Notice.Kind.ERROR, translate("start.declined"), translate("change.declined.why", message, code)));
            case StartNeedsApproval _ -> again(new Notice(Notice.Kind.INFO, translate("change.approval"), translate("change.approval.needed")));
            case StartInProgress _ -> again(new Notice(Notice.Kind.INFO, translate("start.busy"), translate("start.busy.why")));
        }
    }
}
