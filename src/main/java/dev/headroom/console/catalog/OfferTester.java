package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.console.EmptyState;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.QueryState;
import dev.headroom.console.Words;
import dev.headroom.eligibility.AccountOffer.TakenWithChange;
import dev.headroom.eligibility.AccountOffer.TakenWithStart;
import dev.headroom.eligibility.AccountOffer;
import dev.headroom.eligibility.AccountOffers;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which offers an account would see at an instant; both stand in the address. */
final class OfferTester extends Div {

    private static final String ACCOUNT = "account";
    private static final String AT = "at";
    private static final int CHOICES = 50;

    private final Actor actor;
    private final AccountOffers offers;
    private final CatalogSnapshot catalog;
    private final Instant now;
    private final ComboBox<Account> account = new ComboBox<>(translate("account.name"));
    private final DateTimePicker at = new DateTimePicker(translate("offer.test.at"));
    private final Div answer = new Div();

    OfferTester(Actor actor, Accounts accounts, AccountOffers offers, CatalogSnapshot catalog, QueryState state, Instant now) {
        this.actor = actor;
        this.offers = offers;
        this.catalog = catalog;
        this.now = now;
        account.setItems(query -> new KeysetPages<Account>((last, size) -> accounts.page(
                actor, query.getFilter().orElse(""), last == null ? null : last.id(), size), CHOICES).slice(query.getOffset(), query.getLimit()).stream());
        account.setItemLabelGenerator(Account::name);
        state.get(ACCOUNT).map(key -> accounts.byKeys(actor, List.of(key)).get(key)).ifPresent(account::setValue);
        at.setHelperText(translate("offer.zone.hint"));
        at.setValue(state.get(AT).flatMap(OfferTester::parsed).orElseGet(() -> LocalDateTime.ofInstant(now.truncatedTo(ChronoUnit.MINUTES), ZoneOffset.UTC)));
        account.addValueChangeListener(change -> {
            state.choose(ACCOUNT, change.getValue() == null ? null : change.getValue().key());
            show();
        });
        at.addValueChangeListener(change -> {
            state.choose(AT, change.getValue() == null ? null : change.getValue().toString());
            show();
        });
        answer.getElement().setAttribute("aria-live", "polite");
        Div fields = new Div(account, at);
        fields.addClassName("toolbar");
        add(fields, answer);
        show();
    }

    private static Optional<LocalDateTime> parsed(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text));
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }

    private void show() {
        answer.removeAll();
        if (account.isEmpty()) {
            answer.add(new EmptyState(translate("offer.test.whose"), translate("offer.test.whose.why")));
            return;
        }
        Instant asked = at.getOptionalValue().map(each -> each.toInstant(ZoneOffset.UTC)).orElse(now);
        List<AccountOffer> found = offers.at(actor, account.getValue().id(), asked);
        if (found.isEmpty()) {
            answer.add(new EmptyState(translate("offer.test.none", account.getValue().name()), translate("offer.test.none.why")));
            return;
        }
        UnorderedList list = new UnorderedList();
        found.forEach(each -> list.add(line(each)));
        answer.add(list);
    }

    private ListItem line(AccountOffer seen) {
        Span what = new Span(occasion(seen));
        return against(seen).map(rule -> {
            Span why = new Span(translate("offer.test.against", rule));
            why.addClassName("quiet");
            return new ListItem(what, new Span(" "), why);
        }).orElseGet(() -> new ListItem(what));
    }

    private String occasion(AccountOffer seen) {
        String name = seen.offer().name();
        String discount = OfferText.discount(seen.offer());
        return switch (seen.takenWith()) {
            case TakenWithChange(var subscription, var _) -> translate("offer.test.change", name, discount, subscription.planVersion(catalog).plan().name());
            case TakenWithStart(var product, var plans, var _) -> plans.isEmpty()
                    ? translate("offer.test.start.none", name, discount, product.name())
                    : translate("offer.test.start", name, discount, product.name(), plans.stream().map(Plan::name).collect(Collectors.joining(", ")));
        };
    }

    private static Optional<String> against(AccountOffer seen) {
        return switch (seen.takenWith()) {
            case TakenWithChange(var _, var against) -> Optional.ofNullable(against).map(why -> Words.of(why.rule()));
            case TakenWithStart(var _, var _, var against) -> Optional.ofNullable(against).map(why -> Words.of(why.rule()));
        };
    }
}
