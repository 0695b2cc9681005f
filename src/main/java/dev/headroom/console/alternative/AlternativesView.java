package dev.headroom.console.alternative;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.headroom.account.Account;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.alternative.Comparison.Option;
import dev.headroom.console.alternative.Comparisons.Subject;
import dev.headroom.console.change.ChangeDialogs;
import dev.headroom.console.change.Notice;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.subscription.AccountSubscription;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one subscription could be instead, side by side, and the way from each of them to accepting it. Which ones, stands in the address. */
@Route("accounts/:" + AlternativesView.ACCOUNT + "/alternatives/:" + AlternativesView.PRODUCT)
@PermitAll
@StyleSheet("alternatives.css")
class AlternativesView extends ConsolePage implements BeforeEnterObserver {

    static final String ACCOUNT = "account";
    static final String PRODUCT = "product";
    static final String CANDIDATES = "candidates";

    private final SignedIn signedIn;
    private final Comparisons comparisons;
    private final ChangeDialogs dialogs;
    private final Div content = new Div();
    private final Map<Candidate, Button> opening = new HashMap<>();
    private QueryState state = QueryState.of(new Location(""));

    AlternativesView(SignedIn signedIn, Comparisons comparisons, ChangeDialogs dialogs) {
        this.signedIn = signedIn;
        this.comparisons = comparisons;
        this.dialogs = dialogs;
        content.addClassName("alternatives");
        add(content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        try {
            state = QueryState.of(event.getLocation());
            show(event.getRouteParameters().get(ACCOUNT).orElse(""), event.getRouteParameters().get(PRODUCT).orElse(""));
        } catch (HeadroomException refused) {
            if (refused.code() != ErrorCode.NOT_FOUND) {
                throw refused;
            }
            event.rerouteToError(NotFoundException.class);
        }
    }

    private void show(String account, String product) {
        Subject subject = comparisons.subject(signedIn.actor(), account, product);
        String address = "accounts/" + subject.account().key();
        above(subject.account().name(), address);
        content.removeAll();
        opening.clear();
        AccountSubscription subscription = subject.subscription();
        if (subscription == null) {
            title(translate("alternative.title", subject.product().name()));
            actions();
            content.add(new EmptyState(
                    translate("alternative.gone"), translate("alternative.gone.why", subject.account().name(), subject.product().name()),
                    new Anchor(address, translate("alternative.back", subject.account().name()))));
            return;
        }
        Comparison comparison = comparisons.of(signedIn.actor(), subject.account(), subscription, state.get(CANDIDATES));
        title(translate("alternative.title", comparison.plan()));
        actions(acts(comparison));
        notices(comparison);
        content.add(new Section(translate("alternative.side"), comparison.options().isEmpty() ? nothing(comparison) : compared(comparison)));
        valid(comparison);
    }

    private Component[] acts(Comparison comparison) {
        Button neighbours = new Button(translate("alternative.neighbours"), click -> compare(comparison, comparison.neighbours()));
        Button everything = new Button(translate("alternative.everything"), click -> compare(comparison, comparison.everything()));
        Button add = new Button(translate("alternative.add"), click -> CandidateDialog.open(
                comparison.subscription(), comparison.catalog(), null, more -> compare(comparison, comparison.candidates().with(more))));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        if (comparison.candidates().full()) {
            add.setEnabled(false);
            add.setTooltipText(translate("alternative.full", Candidates.MOST));
        }
        return new Component[] {neighbours, everything, add};
    }

    private void notices(Comparison comparison) {
        Div notices = new Div();
        notices.addClassNames("notices", "news");
        if (comparison.candidates().unknown() > 0) {
            notices.add(new Notice(Notice.Kind.INFO, translate("alternative.unknown", comparison.candidates().unknown()), translate("alternative.unknown.why")));
        }
        int waiting = comparison.subscription().scheduled().size();
        if (waiting > 0) {
            notices.add(new Notice(
                    Notice.Kind.INFO, translate("quote.waiting", waiting, When.dayText(comparison.subscription().period().until(), comparison.account().zone())),
                    translate("alternative.waiting.why")));
        }
        comparison.advice().map(advice -> AdviceNotice.of(advice, comparison)).ifPresent(notices::add);
        content.add(notices);
    }

    private EmptyState nothing(Comparison comparison) {
        return new EmptyState(
                translate("alternative.none"), translate("alternative.none.why"),
                new Button(translate("alternative.neighbours"), click -> compare(comparison, comparison.neighbours())));
    }

    private DataTable compared(Comparison comparison) {
        return SideBySide.of(comparison, option -> acts(comparison, option));
    }

    private Component acts(Comparison comparison, Option option) {
        String name = option.candidate().name(comparison.catalog());
        Div acts = new Div();
        acts.addClassName("acts");
        if (option.quote().isPresent() || asksAlone(option.alternative().quote())) {
            Button see = new Button(translate("alternative.see"), click -> see(comparison, option));
            see.setAriaLabel(translate("alternative.see.of", name));
            if (option.alternative().recommended()) {
                see.addThemeVariants(ButtonVariant.PRIMARY);
            }
            opening.put(option.candidate(), see);
            acts.add(see);
        }
        Button edit = new Button(translate("alternative.edit.open"), click -> CandidateDialog.open(
                comparison.subscription(), comparison.catalog(), option.candidate(), other -> compare(comparison, comparison.candidates().with(other, option.candidate()))));
        edit.setAriaLabel(translate("alternative.edit.of", name));
        edit.addThemeVariants(ButtonVariant.TERTIARY);
        Button remove = new Button(translate("alternative.remove"), click -> compare(comparison, comparison.candidates().without(option.candidate())));
        remove.setAriaLabel(translate("alternative.remove.of", name));
        remove.addThemeVariants(ButtonVariant.TERTIARY);
        acts.add(edit, remove);
        return acts;
    }

    /** Only Stripe can price it, which is asked once somebody is interested. */
    private static boolean asksAlone(QuoteResult result) {
        return result instanceof QuoteResult.ChangeNotAllowed refused && refused.rule() == QuoteResult.Rule.ASK_ALONE;
    }

    /** With the very quote that is shown, as long as it stands. */
    private void see(Comparison comparison, Option option) {
        Optional<Quote> standing = option.quote().filter(comparisons::stands);
        dialogs.openOne(
                signedIn, comparison.account(), standing, option.candidate().change(comparison.product()), () -> again(comparison),
                () -> returnTo(option.candidate()));
    }

    private void compare(Comparison comparison, List<Candidate> candidates) {
        state.choose(CANDIDATES, Candidates.written(candidates));
        again(comparison);
        focus(table());
    }

    private Component table() {
        return content.getChildren().flatMap(Component::getChildren).filter(DataTable.class::isInstance).findFirst().orElse(content);
    }

    private void again(Comparison comparison) {
        show(comparison.account().key(), comparison.product());
    }

    /** To the button that opened the dialog, or the one that took its place when the page was shown anew; to the table, where none did. */
    private void returnTo(Candidate candidate) {
        focus(Optional.<Component>ofNullable(opening.get(candidate)).orElseGet(this::table));
    }

    private static void focus(Component part) {
        part.getElement().executeJs("requestAnimationFrame(() => this.focus())");
    }

    private void valid(Comparison comparison) {
        Optional<Instant> until = comparison.options().stream().flatMap(option -> option.quote().stream()).map(Quote::expiresAt).min(Instant::compareTo);
        until.ifPresent(instant -> {
            Account account = comparison.account();
            Span valid = new Span(translate("quote.valid", When.timeText(instant, account.zone()), account.zone().getId()));
            valid.addClassName("quiet");
            Button refresh = new Button(translate("quote.refresh"), click -> again(comparison));
            refresh.addThemeVariants(ButtonVariant.TERTIARY);
            Div line = new Div(valid, refresh);
            line.addClassName("valid");
            content.add(line);
        });
    }
}
