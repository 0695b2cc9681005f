package dev.headroom.console.rollout;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.change.PlanChange;
import dev.headroom.console.Csv;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.ListTools;
import dev.headroom.console.QueryState;
import dev.headroom.rollout.Rollout;
import dev.headroom.rollout.RolloutMove;
import dev.headroom.rollout.RolloutMove.State;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What becomes of each account, a page at a time, by how it came out; and all that is chosen as a file. */
final class MovesPanel extends Div {

    private static final String OUTCOME = "outcome";

    private final RolloutServices services;
    private final UUID rollout;
    private final Select<State> state = new Select<>();
    private final MoveGrid grid;
    /** A file is written outside the page's own thread, for whoever has opened the page. */
    private final Actor reader;

    /** @param again told when somebody is tried again */
    MovesPanel(RolloutServices services, Rollout of, QueryState query, Runnable again) {
        this.services = services;
        this.rollout = of.id();
        this.reader = services.signedIn().actor();
        this.grid = new MoveGrid(services, of, again);
        state.setLabel(translate("rollout.outcome"));
        state.setItems(State.values());
        state.setItemLabelGenerator(each -> each == null ? translate("filter.states.all") : RolloutText.name(each));
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption(translate("filter.states.all"));
        state.setValue(query.get(OUTCOME).flatMap(word -> Arrays.stream(State.values()).filter(each -> each.name().equalsIgnoreCase(word)).findFirst()).orElse(null));
        state.addValueChangeListener(change -> {
            query.choose(OUTCOME, change.getValue() == null ? null : change.getValue().name().toLowerCase(Locale.ROOT));
            show();
        });
        Anchor file = Csv.lines(translate("csv.download"), "rollout-" + of.plan() + "-" + of.number(), out -> services.downloads().write(reader, rollout, state.getValue(), out));
        Div toolbar = new Div(state, new ListTools(services.signedIn(), "moves", grid), file);
        toolbar.addClassName("toolbar");
        add(toolbar, grid);
        addClassName("list");
        show();
    }

    /** One account of the list, with what moved it. */
    record Row(RolloutMove move, Optional<Account> owner, Optional<PlanChange> change) {}

    /** Reads what is in sight once more. */
    void refresh(Rollout now) {
        grid.about(now);
        grid.getDataProvider().refreshAll();
    }

    private void show() {
        State wanted = state.getValue();
        KeysetPages<RolloutMove> pages = new KeysetPages<>(
                (last, size) -> services.rollouts().moves(services.signedIn().actor(), rollout, wanted, last, size), MoveGrid.PAGE);
        grid.setItems(query -> rows(pages.slice(query.getOffset(), query.getLimit())).stream());
    }

    private List<Row> rows(List<RolloutMove> page) {
        Actor actor = services.signedIn().actor();
        Map<AccountId, Account> owners = services.accounts().byIds(actor, page.stream().map(RolloutMove::account).distinct().toList());
        Map<UUID, PlanChange> changes = services.changes().byIds(actor, page.stream().filter(move -> move.work().change() != null)
                .collect(Collectors.toMap(move -> Objects.requireNonNull(move.work().change()), RolloutMove::account)));
        return page.stream()
                .map(move -> new Row(move, Optional.ofNullable(owners.get(move.account())), Optional.ofNullable(move.work().change()).map(changes::get)))
                .toList();
    }
}
