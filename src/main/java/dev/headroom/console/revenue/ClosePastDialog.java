package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Toast;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Currencies;
import dev.headroom.revenue.RevenueHistories;
import java.util.Currency;

/** Closes the past of a currency for good, once its code was typed. */
final class ClosePastDialog {

    private final SignedIn signedIn;
    private final RevenueHistories pasts;
    private final Select<Currency> currency = new Select<>();
    private final TextField word = new TextField(translate("publish.word"));

    ClosePastDialog(SignedIn signedIn, RevenueHistories pasts) {
        this.signedIn = signedIn;
        this.pasts = pasts;
        currency.setLabel(translate("revenue.currency"));
        currency.setItems(Currencies.supported().stream().filter(each -> !pasts.open(each).closed()).toList());
        currency.setItemLabelGenerator(each -> each == null ? "" : each.getCurrencyCode());
        currency.addValueChangeListener(change -> word.setHelperText(translate("publish.word.hint", change.getValue().getCurrencyCode())));
        word.setManualValidation(true);
    }

    void open() {
        new FormDialog(translate("past.close"), translate("past.close.act"), this::close, new Paragraph(translate("past.close.meaning")), currency, word)
                .with("input.currency", currency).with("input.word", word).open();
    }

    private void close() {
        Currency chosen = currency.getValue();
        if (chosen == null) {
            throw HeadroomException.invalid("input.currency", translate("past.close.which"));
        }
        if (!word.getValue().strip().equals(chosen.getCurrencyCode())) {
            throw HeadroomException.invalid("input.word", translate("publish.word.wrong", chosen.getCurrencyCode()));
        }
        pasts.close(signedIn.actor(), chosen);
        Toast.linked(translate("past.closed", chosen.getCurrencyCode()));
    }
}
