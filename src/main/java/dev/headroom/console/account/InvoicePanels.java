package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChanges;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.Notice;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.invoice.Invoice;
import dev.headroom.invoice.Invoices;
import dev.headroom.payment.Cards;
import dev.headroom.payment.InvoicePayments;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an account was billed and how it pays, on its page. */
@org.springframework.stereotype.Component
class InvoicePanels {

    static final String TAB = "invoices";
    static final String INVOICE = "invoice";
    private static final int FILE_PAGE = 1_000;
    private static final List<String> COLUMNS = List.of(
            "number", "created_at", "status", "reason", "currency", "total_minor", "tax_minor", "paid_minor", "remaining_minor", "refunded_minor", "due_at",
            "paid_at", "dispute", "stripe_id");

    private final Invoices invoices;
    private final InvoicePayments payments;
    private final Cards cards;
    private final PlanChanges changes;
    private final InstantSource clock;

    InvoicePanels(Invoices invoices, InvoicePayments payments, Cards cards, PlanChanges changes, InstantSource clock) {
        this.invoices = invoices;
        this.payments = payments;
        this.cards = cards;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * All invoices, and above them the one that the address names.
     *
     * @param told what became of paying one, once the page is out of date
     */
    Component of(AccountReading reading, SignedIn signedIn, QueryState state, Consumer<Notice> told) {
        Account account = reading.account();
        Div panels = new Div();
        try {
            state.get(INVOICE).flatMap(id -> meant(signedIn.actor(), account, id)).ifPresent(shown -> panels.add(new Section(
                    translate("invoice.one", InvoiceList.name(shown)), new InvoicePanel(
                            reading, shown, billed(signedIn.actor(), account, shown), signedIn, payments, clock.instant(), told))));
            panels.add(invoices(account, signedIn));
        } catch (HeadroomException silent) {
            if (silent.code() != ErrorCode.STRIPE_UNAVAILABLE) {
                throw silent;
            }
            panels.add(new EmptyState(translate("invoice.silent"), translate("invoice.silent.why")));
        }
        return panels;
    }

    private Section invoices(Account account, SignedIn signedIn) {
        InvoiceList list = list(account, signedIn.actor());
        Div toolbar = new Div(new ListTools(signedIn, TAB, list).withoutFilters(), file(account, signedIn.actor()));
        toolbar.addClassName("toolbar");
        return new Section(translate("invoice.title"), toolbar, list);
    }

    /** The change that an invoice bills. */
    private Optional<PlanChange> billed(Actor actor, Account account, Invoice shown) {
        return changes.billedBy(actor, account.id(), List.of(shown.stripeId())).values().stream().findFirst();
    }

    CardPanel cards(AccountReading reading, SignedIn signedIn, Runnable changed) {
        return new CardPanel(reading, signedIn, cards, clock.instant(), changed);
    }

    /** By our id or by Stripe's, which a change is known to be billed by. */
    private Optional<Invoice> meant(Actor actor, Account account, String id) {
        return Ids.parse(id).isPresent()
                ? Ids.parse(id).flatMap(ours -> known(actor, account, ours))
                : invoices.byStripeIds(actor, account.id(), List.of(id)).stream().findFirst();
    }

    private Optional<Invoice> known(Actor actor, Account account, UUID id) {
        try {
            return Optional.of(invoices.byId(actor, account.id(), id));
        } catch (HeadroomException unknown) {
            return Optional.empty();
        }
    }

    /** Asked once at first, so that an account whose invoices cannot be read says so instead of being empty. */
    private InvoiceList list(Account account, Actor actor) {
        page(actor, account, null, 1);
        return new InvoiceList(account, clock.instant(), new KeysetPages<>((last, size) -> page(actor, account, last, size), InvoiceList.PAGE));
    }

    private Anchor file(Account account, Actor actor) {
        return Csv.link(translate("csv.download"), "invoices-" + account.key(), COLUMNS, csv -> {
            for (List<Invoice> page = page(actor, account, null, FILE_PAGE); !page.isEmpty(); page = page(actor, account, page.getLast(), FILE_PAGE)) {
                page.forEach(each -> csv.row(
                        each.number(), each.times().createdAt(), each.status(), each.reason(), each.total().currency().getCurrencyCode(), each.total().minor(),
                        each.amounts().tax().minor(), each.amounts().paid().minor(), each.remaining().minor(), each.amounts().refunded().minor(),
                        each.times().dueAt(), each.times().paidAt(), each.dispute() == null ? null : each.dispute().state(), each.stripeId()));
            }
        });
    }

    private List<Invoice> page(Actor actor, Account account, @Nullable Invoice after, int size) {
        return invoices.page(actor, account.id(), null, after == null ? null : after.id(), size);
    }
}
