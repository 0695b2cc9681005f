package dev.headroom.console.alternative;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Figures;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Words;
import dev.headroom.console.catalog.PriceText;
import dev.headroom.error.HeadroomException;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Interval;
import java.util.Currency;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which plan, how often billed and how many seats, of one that is to be laid beside the others. */
final class CandidateDialog {

    private final Currency currency;
    private final Select<PlanVersion> plan = new Select<>();
    private final RadioButtonGroup<Interval> interval = new RadioButtonGroup<>(translate("change.interval"));
    private final IntegerField seats = new IntegerField(translate("change.seats"));

    private CandidateDialog(AccountSubscription subscription, CatalogSnapshot known, @Nullable Candidate now) {
        this.currency = subscription.balance().currency();
        List<PlanVersion> plans = Candidate.plans(subscription, known);
        plan.setLabel(translate("change.plan"));
        plan.setItems(plans);
        plan.setItemLabelGenerator(version -> version.plan().name());
        plan.addValueChangeListener(change -> settle());
        interval.setItems(Interval.values());
        interval.setItemLabelGenerator(each -> translate("change.interval.by", Words.of(each)));
        interval.addValueChangeListener(change -> settle());
        seats.setMin(1);
        seats.setMax(Candidate.MOST_SEATS);
        seats.setStepButtonsVisible(true);
        seats.setHelperText(translate("alternative.seats.why"));
        interval.setValue(now == null ? subscription.interval() : now.interval());
        String key = now == null ? subscription.planVersion(known).plan().key() : now.plan();
        plan.setValue(plans.stream().filter(version -> version.plan().key().equals(key)).findFirst().orElseGet(plans::getFirst));
        if (now != null && now.seats() != null) {
            seats.setValue(now.seats().intValue());
        }
    }

    /** @param chosen is told it once it can be bought */
    static void open(
            AccountSubscription subscription, CatalogSnapshot known, @Nullable Candidate now, Consumer<Candidate> chosen) {
        CandidateDialog fields = new CandidateDialog(subscription, known, now);
        String key = now == null ? "alternative.add" : "alternative.edit";
        new FormDialog(translate(key), translate(now == null ? "alternative.add.submit" : "alternative.edit.submit"), () -> chosen.accept(fields.candidate()),
                fields.plan, fields.interval, fields.seats)
                .with("interval", fields.interval)
                .with("seats", fields.seats)
                .open();
    }

    /** What has one price whatever their number is asked for none. */
    private void settle() {
        if (plan.getValue() == null || interval.getValue() == null) {
            return;
        }
        plan.setHelperText(PriceText.of(plan.getValue(), currency));
        seats.setVisible(plan.getValue().price(interval.getValue(), currency).filter(price -> !(price.price().model() instanceof ChargeModel.Flat)).isPresent());
    }

    private Candidate candidate() {
        if (plan.getValue().price(interval.getValue(), currency).isEmpty()) {
            throw HeadroomException.invalid("interval", translate("alternative.unsold", plan.getValue().plan().name(), Words.of(interval.getValue()), currency));
        }
        Integer count = seats.isVisible() ? seats.getValue() : null;
        if (count != null && (count < 1 || count > Candidate.MOST_SEATS)) {
            throw HeadroomException.invalid("seats", translate("field.range", Figures.number(Candidate.MOST_SEATS)));
        }
        return new Candidate(plan.getValue().plan().key(), interval.getValue(), count == null ? null : Long.valueOf(count));
    }
}
