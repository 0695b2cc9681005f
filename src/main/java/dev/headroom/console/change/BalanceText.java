package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.Figures;
import dev.headroom.money.Money;
import dev.headroom.shown.ShownQuote.Bill;
import java.util.Optional;

/** What the customer's balance does to an invoice, in words that say which way the money goes. */
final class BalanceText {

    private BalanceText() {}

    /** What the line between the charges and the amount due is for: with it, the lines add up to what is due. */
    static String applied(Bill invoice) {
        if (invoice.balanceApplied().isPositive()) {
            return translate(invoice.total().isNegative() ? "quote.balance.kept" : "quote.balance.carried");
        }
        return translate(invoice.endingBalance().isPositive() ? "quote.balance.small" : "quote.balance.used");
    }

    /** What the customer then has or owes; empty where nothing is left, or where the line has said that very amount already. */
    static Optional<String> afterwards(Bill invoice) {
        boolean said = invoice.endingBalance().negated().equals(invoice.balanceApplied());
        return Optional.of(invoice.endingBalance())
                .filter(balance -> !balance.isZero() && !said)
                .map(balance -> credit(invoice).orElseGet(() -> translate("quote.balance.owed", Figures.money(balance))));
    }

    /** What is kept for later invoices; empty when nothing is. */
    static Optional<String> credit(Bill invoice) {
        return Optional.of(invoice.endingBalance())
                .filter(Money::isNegative)
                .map(balance -> translate("quote.balance.after", Figures.money(balance.negated())));
    }
}
