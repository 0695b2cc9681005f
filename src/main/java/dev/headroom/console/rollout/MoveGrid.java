package dev.headroom.console.rollout;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import dev.headroom.account.Account;
import dev.headroom.actor.Permission;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.ListGrid;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.rollout.MovesPanel.Row;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.RolloutMove;
import dev.headroom.rollout.RolloutMove.State;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Accounts of a roll-out one under another: how each came out and why, what it pays before and after, what it was told and what moved it. */
final class MoveGrid extends ListGrid<Row> {

    static final int PAGE = 50;

    private final RolloutServices services;
    private final Runnable again;
    private final boolean mayTurn;
    private Rollout rollout;

    MoveGrid(RolloutServices services, Rollout rollout, Runnable again) {
        super(translate("rollout.accounts"), PAGE);
        this.services = services;
        this.rollout = rollout;
        this.again = again;
        this.mayTurn = services.signedIn().may(Permission.PUBLISH);
        addComponentColumn(this::account).setHeader(translate("account.name")).setKey("account").setAutoWidth(true).setFlexGrow(1).setRowHeader(true);
        addComponentColumn(MoveGrid::outcome).setHeader(translate("rollout.outcome")).setKey("outcome").setWidth("15rem").setFlexGrow(2);
        addColumn(row -> mrr(row.move())).setHeader(translate("account.mrr")).setKey("mrr").setAutoWidth(true).setTextAlign(ColumnTextAlign.END);
        addColumn(MoveGrid::told).setHeader(translate("rollout.notice")).setKey("notice").setWidth("12rem").setFlexGrow(1);
        addComponentColumn(this::way).setHeader(translate("rollout.way")).setKey("way").setAutoWidth(true);
        setEmptyStateComponent(new EmptyState(translate("rollout.accounts.none"), translate("rollout.outcome.none.why")));
    }

    /** As it is by now. */
    void about(Rollout now) {
        rollout = now;
    }

    private Component account(Row row) {
        RolloutMove move = row.move();
        String name = row.owner().map(Account::name).orElse(move.account().toString());
        Span has = new Span(translate("rollout.has", services.catalog().snapshot().version(move.look().has()).number(), move.quantity(), Words.of(move.interval())));
        has.addClassName("quiet");
        Div who = new Div(row.owner().<Component>map(owner -> new Anchor("accounts/" + owner.key(), name)).orElseGet(() -> new Text(name)), has);
        who.addClassName("stacked");
        return ConsolePage.folded(who, RolloutText.state(move.state()), new Span(why(move)), new Span(mrr(move)), new Span(told(row)));
    }

    private static Component outcome(Row row) {
        Span why = new Span(why(row.move()));
        why.addClassName("quiet");
        Div outcome = new Div(RolloutText.state(row.move().state()), why);
        outcome.addClassName("stacked");
        return outcome;
    }

    private static String why(RolloutMove move) {
        if (move.reason() == null) {
            return move.detail() == null ? "" : move.detail();
        }
        return move.detail() == null ? Words.of(move.reason()) : translate("rollout.why", Words.of(move.reason()), move.detail());
    }

    private static String mrr(RolloutMove move) {
        return move.mrrBefore().equals(move.mrrAfter())
                ? Figures.money(move.mrrBefore())
                : translate("rollout.mrr", Figures.money(move.mrrBefore()), Figures.money(move.mrrAfter()));
    }

    private static String told(Row row) {
        RolloutMove move = row.move();
        ZoneId zone = row.owner().map(Account::zone).orElse(ZoneOffset.UTC);
        return move.notifiedAt() == null || move.notBefore() == null
                ? translate("rollout.untold")
                : translate("rollout.told.at", When.dayText(move.notifiedAt(), zone), When.dayText(move.notBefore(), zone));
    }

    /** To the change that moves it, with its quote, and to what that billed; or once more. */
    private Component way(Row row) {
        Div way = new Div();
        way.addClassName("stacked");
        row.owner().ifPresent(owner -> row.change().ifPresent(change -> {
            way.add(new Anchor("accounts/" + owner.key() + "/changes/" + change.id(), translate("rollout.change")));
            if (change.invoice() != null) {
                way.add(new Anchor("accounts/" + owner.key() + "?tab=invoices&invoice=" + change.invoice(), translate("rollout.invoice")));
            }
        }));
        State state = row.move().state();
        if (mayTurn && (state == State.FAILED || state == State.SKIPPED) && RolloutActs.retriable(rollout)) {
            way.add(retry(row));
        }
        return way;
    }

    private Button retry(Row row) {
        Button retry = new Button(translate("rollout.again"), click -> {
            services.turns().retry(services.signedIn().actor(), rollout.id(), List.of(row.move().account().value()));
            Notification.show(translate("rollout.again.done"));
            again.run();
        });
        row.owner().ifPresent(owner -> retry.setAriaLabel(translate("rollout.again.of", owner.name())));
        retry.addThemeVariants(ButtonVariant.SMALL);
        return retry;
    }
}
