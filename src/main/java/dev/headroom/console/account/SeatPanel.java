package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.account.Member;
import dev.headroom.account.MemberState;
import dev.headroom.actor.Permission;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Seats.Holder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The seats of one subscription: who holds one, who was only invited, what is wrong with that; and, for those who may, giving and taking back. */
final class SeatPanel extends Div {

    private static final int MOST_SHOWN = 200;

    private final AccountReading reading;
    private final SeatReading seats;
    private final SignedIn signedIn;
    private final Seats service;
    private final Runnable changed;
    private final @Nullable Long bought;
    private final boolean may;

    SeatPanel(AccountReading reading, SeatReading seats, SignedIn signedIn, Seats service, Runnable changed, Component buying) {
        this.reading = reading;
        this.seats = seats;
        this.signedIn = signedIn;
        this.service = service;
        this.changed = changed;
        this.bought = seats.subscription().seatsBought(reading.catalog());
        this.may = signedIn.may(Permission.ACCOUNTS);
        addClassName("seats");
        add(new Paragraph(sum()));
        if (seats.excess() > 0) {
            add(violation());
        }
        add(buying);
        if (may) {
            add(giving());
        }
        add(seats.holders().isEmpty() ? new EmptyState(translate("seat.none"), translate("seat.none.why")) : table());
    }

    String title() {
        return translate("seat.title", reading.catalog().product(seats.subscription().product()).name());
    }

    private String sum() {
        long held = seats.holders().size();
        String sum = bought == null
                ? translate("seat.sum.unlimited", Figures.number(held))
                : translate("seat.sum", Figures.number(held), Figures.number(bought), Figures.number(Math.max(0, bought - held)));
        return seats.pending() == 0 ? sum : sum + " " + translate("seat.pending", seats.pending());
    }

    /** What is wrong, until when, and what heals it. */
    private Component violation() {
        Paragraph title = new Paragraph(translate("seat.excess", seats.excess()));
        title.addClassName("notice-title");
        Div notice = new Div(new Div(title, new Paragraph(translate("seat.excess.meaning", seats.excess())), new Paragraph(translate("seat.excess.first", seats.inactive().stream()
                .map(Member::name)
                .collect(Collectors.joining(", "))))));
        notice.addClassNames("notice", "notice-warning");
        notice.getElement().setAttribute("role", "note");
        return notice;
    }

    private Component giving() {
        List<Member> without = reading.members().stream().filter(member -> !seats.members().containsKey(member.id())).toList();
        String why = seats.full(bought) ? translate("seat.give.full") : without.isEmpty() ? translate("seat.give.nobody") : "";
        Button give = new Button(translate("seat.give"), click -> give(without));
        give.setEnabled(why.isEmpty());
        give.setAriaLabel(translate("seat.give.of", reading.catalog().product(seats.subscription().product()).name()));
        Span reason = new Span(why);
        reason.addClassName("quiet");
        Div toolbar = new Div(give, reason);
        toolbar.addClassNames("toolbar", "giving");
        return toolbar;
    }

    private void give(List<Member> without) {
        ComboBox<Member> member = new ComboBox<>(translate("member.name"));
        member.setItems(without);
        member.setItemLabelGenerator(each -> translate("seat.member", each.name(), each.email()));
        member.setWidthFull();
        new FormDialog(translate("seat.give.of", reading.catalog().product(seats.subscription().product()).name()), translate("seat.give"), () -> {
            Member chosen = Check.present("input.member", member.getValue());
            switch (service.assign(signedIn.actor(), chosen.account(), seats.subscription().id(), chosen.id())) {
                case ASSIGNED, HELD_ALREADY -> changed.run();
                case NONE_FREE -> throw HeadroomException.invalid("input.member", translate("seat.give.full"));
            }
        }, member).with("input.member", member).open();
    }

    private Component table() {
        DataTable table = new DataTable(
                title(), translate("member.name"), translate("member.seat"), translate("member.active"), translate("seat.acts"));
        seats.holders().stream().limit(MOST_SHOWN).forEach(holder -> {
            Member member = Objects.requireNonNull(seats.members().get(holder.member()));
            table.row(MemberTable.name(member), held(member, holder), active(member), may ? acts(member) : new Text(""));
        });
        int more = seats.holders().size() - MOST_SHOWN;
        return more > 0 ? new Div(table, new Paragraph(translate("seat.more", more))) : table;
    }

    private Component held(Member member, Holder holder) {
        Span since = new Span(new Text(translate("seat.since") + " "), When.day(holder.assignedAt(), reading.account().zone()));
        since.addClassName("quiet");
        Div held = new Div(new Span(translate(member.state() == MemberState.INVITED ? "seat.invited" : "seat.held")), since);
        held.addClassName("stacked");
        return held;
    }

    private Component active(Member member) {
        return MemberTable.active(member, reading.account().zone());
    }

    private Component acts(Member member) {
        Button release = new Button(translate("seat.release"), click -> new FormDialog(
                translate("seat.release.of", member.name()), translate("seat.release"), () -> {
            service.release(signedIn.actor(), member.account(), seats.subscription().id(), member.id());
            changed.run();
        }, new Paragraph(translate(seats.excess() > 0 ? "seat.release.heals" : "seat.release.meaning"))).open());
        release.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL, ButtonVariant.ERROR);
        release.setAriaLabel(translate("seat.release.of", member.name()));
        Div acts = new Div(release);
        acts.addClassName("acts");
        return acts;
    }
}
