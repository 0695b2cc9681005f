package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Permission;
import dev.headroom.change.ChangePlanResult;
import dev.headroom.change.SeatGatherings;
import dev.headroom.change.SeatGatherings.NothingGathered;
import dev.headroom.change.SeatGatherings.SeatGathering;
import dev.headroom.change.SeatGatherings.SeatsGathering;
import dev.headroom.change.SeatGatherings.SeatsGivenUp;
import dev.headroom.change.SeatGatherings.SeatsPostponed;
import dev.headroom.change.SeatGatherings.SeatsNotGathered;
import dev.headroom.change.SeatGatherings.SeatsSettled;
import dev.headroom.console.Figures;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Sentences;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.change.Notice;
import dev.headroom.console.change.RefusalText;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Seats.SeatExpansion;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How more seats are bought: gathered, so that several asks make one invoice, or as they are given, up to a cap that somebody agreed to. */
final class SeatBuying extends Div {

    private static final long MOST_SEATS = 1_000_000;

    private final AccountReading reading;
    private final AccountSubscription subscription;
    private final SignedIn signedIn;
    private final SeatGatherings gatherings;
    private final Seats seats;
    private final Consumer<Notice> told;
    private final boolean may;

    SeatBuying(
            AccountReading reading, SeatReading held, Optional<SeatGathering> gathered, SignedIn signedIn, SeatGatherings gatherings, Seats seats,
            Consumer<Notice> told) {
        this.reading = reading;
        this.subscription = held.subscription();
        this.signedIn = signedIn;
        this.gatherings = gatherings;
        this.seats = seats;
        this.told = told;
        this.may = signedIn.may(Permission.CHANGE);
        addClassName("stacked");
        setVisible(!reading.catalog().version(subscription.planItem().planVersion()).soldFlat(subscription.planItem().price()));
        gathered.ifPresent(this::add);
        add(expansion(held.expansion()));
        if (may) {
            add(acts(gathered.isPresent(), held.expansion()));
        }
    }

    private void add(SeatGathering gathered) {
        String until = When.minuteText(gathered.settlesAt(), zone()) + " (" + zone().getId() + ")";
        String promise = gathered.promised() == null
                ? translate("seat.gathered.cap")
                : translate("seat.gathered.promised", Figures.money(gathered.promised()));
        Notice notice = new Notice(Notice.Kind.INFO, translate("seat.gathered", Figures.number(gathered.seats())), translate("seat.gathered.why", until) + " " + promise);
        if (may) {
            Button settle = new Button(translate("seat.settle"), click -> settle());
            settle.setDisableOnClick(true);
            notice.say(settle);
        }
        add(notice);
    }

    private Span expansion(@Nullable SeatExpansion expansion) {
        Span span = new Span(expansion == null ? translate("seat.expansion.none") : translate("seat.expansion.to", Figures.number(expansion.most())));
        span.addClassName("quiet");
        return span;
    }

    private Div acts(boolean gathered, @Nullable SeatExpansion expansion) {
        Button gather = new Button(translate(gathered ? "seat.gather.other" : "seat.gather"), click -> gather());
        Button expand = new Button(translate(expansion == null ? "seat.expand" : "seat.expand.other"), click -> expand(expansion));
        expand.addThemeVariants(ButtonVariant.TERTIARY);
        Button stop = new Button(translate("seat.expand.stop"), click -> expandTo(null));
        stop.addThemeVariants(ButtonVariant.TERTIARY);
        stop.setDisableOnClick(true);
        stop.setVisible(expansion != null);
        Div acts = new Div(gather, expand, stop);
        acts.addClassName("toolbar");
        return acts;
    }

    private void gather() {
        TextField count = count("seat.gather.count", subscription.planItem().quantity() + 1);
        new FormDialog(translate("seat.gather.title"), translate("seat.gather.act"), () -> {
            switch (gatherings.gather(signedIn.actor(), subscription, number(count, "input.seats"))) {
                case SeatsGathering(SeatGathering gathering) -> told.accept(new Notice(
                        Notice.Kind.SUCCESS, translate("seat.gathered", Figures.number(gathering.seats())), translate("seat.gathered.done")));
                case SeatsNotGathered(var why) -> throw HeadroomException.invalid("input.seats", RefusalText.of(why, zone()));
            }
        }, new Paragraph(translate("seat.gather.meaning")), count).with("input.seats", count).open();
    }

    private void settle() {
        try {
            told.accept(switch (gatherings.settle(signedIn.actor(), subscription)) {
                case SeatsSettled(ChangePlanResult outcome) -> settled(outcome);
                case SeatsPostponed(SeatGathering gathering, var why) -> new Notice(
                        Notice.Kind.INFO, translate("seat.postponed"),
                        translate("seat.postponed.why", When.minuteText(gathering.settlesAt(), zone())) + " " + RefusalText.of(why, zone()));
                case SeatsGivenUp(var why) -> new Notice(Notice.Kind.ERROR, translate("seat.given.up"), translate("seat.given.up.why") + " " + RefusalText.of(why, zone()));
                case NothingGathered(var _) -> new Notice(Notice.Kind.INFO, translate("seat.nothing"), translate("seat.nothing.why"));
            });
        } catch (HeadroomException unknown) {
            told.accept(new Notice(Notice.Kind.ERROR, translate("seat.unknown"), Sentences.of(unknown.getMessage())));
        }
    }

    private Notice settled(ChangePlanResult outcome) {
        return switch (outcome) {
            case ChangePlanResult.PlanChanged(var change) -> new Notice(Notice.Kind.SUCCESS, translate("seat.bought"),
                    translate("seat.bought.why", Figures.money(Optional.ofNullable(change.charged()).orElse(change.due()))));
            case ChangePlanResult.PlanChangeScheduled _ -> new Notice(Notice.Kind.SUCCESS, translate("seat.later"), translate("seat.later.why"));
            case ChangePlanResult.PaymentDeclined(var code, var message) -> new Notice(
                    Notice.Kind.ERROR, translate("change.declined"), translate("change.declined.why", message, code));
            case ChangePlanResult.ApprovalRequired _ -> new Notice(Notice.Kind.INFO, translate("change.approval"), translate("change.approval.needed"));
            case ChangePlanResult.ChangeRefused(var code, var message, var _) -> new Notice(
                    Notice.Kind.ERROR, translate("change.rejected"), translate("change.rejected.why", message, code));
            case ChangePlanResult.ConfirmationNotPossible(var message, var _) -> new Notice(
                    Notice.Kind.ERROR, translate("change.unconfirmed"), translate("seat.unconfirmed.why", message));
            case ChangePlanResult.TooManyInvoices(var from) -> new Notice(
                    Notice.Kind.INFO, translate("change.too.many"), translate("change.too.many.why", When.minuteText(from, zone())));
            case ChangePlanResult.PaymentActionRequired _, ChangePlanResult.ChangeInProgress _, ChangePlanResult.QuoteIsStale _,
                    ChangePlanResult.PlanChangeCanceled _ -> new Notice(Notice.Kind.INFO, translate("seat.waits"), translate("seat.waits.why"));
        };
    }

    private void expand(@Nullable SeatExpansion expansion) {
        TextField most = count("seat.expand.most", expansion == null ? subscription.planItem().quantity() + 5 : expansion.most());
        new FormDialog(translate("seat.expand.title"), translate("seat.expand.act"), () -> expandTo(number(most, "input.mostSeats")),
                new Paragraph(translate("seat.expand.meaning")), most).with("input.mostSeats", most).open();
    }

    private void expandTo(@Nullable Long most) {
        seats.expand(signedIn.actor(), subscription, most);
        told.accept(most == null
                ? new Notice(Notice.Kind.SUCCESS, translate("seat.expand.stopped"), translate("seat.expand.stopped.why"))
                : new Notice(Notice.Kind.SUCCESS, translate("seat.expanded"), translate("seat.expansion.to", Figures.number(most))));
    }

    private static TextField count(String label, long proposed) {
        TextField count = new TextField(translate(label));
        count.setAllowedCharPattern("[0-9]");
        count.setMaxLength(7);
        count.setValue(String.valueOf(proposed));
        return count;
    }

    private static long number(TextField count, String field) {
        String text = count.getValue().strip();
        return Check.between(field, text.isEmpty() ? 0 : Long.parseLong(text), 1, MOST_SEATS);
    }

    private ZoneId zone() {
        return reading.account().zone();
    }
}
