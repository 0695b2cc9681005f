package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Feature;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.QueryState;
import dev.headroom.time.Period;
import dev.headroom.usage.UsageHistories.EventQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whose events, of which feature, from when until when, under which id; as the address says it, and back. */
final class EventFilters extends Div {

    static final String ACCOUNT = "account";
    private static final String FEATURE = "feature";
    private static final String FROM = "from";
    private static final String UNTIL = "until";
    private static final String ID = "id";
    private static final int CHOICES = 50;
    private static final Duration OF_ONE = Duration.ofDays(30);

    private final ComboBox<Account> account = new ComboBox<>(translate("account.name"));
    private final Select<Feature> feature = new Select<>();
    private final DateTimePicker from = new DateTimePicker(translate("log.from"));
    private final DateTimePicker until = new DateTimePicker(translate("log.until"));
    private final TextField id = new TextField(translate("log.id"));

    EventFilters(Actor actor, Accounts accounts, Catalog catalog, QueryState state, Instant now, Consumer<EventFilters> changed) {
        addClassName("toolbar");
        account.setItems(query -> new KeysetPages<Account>((last, size) -> accounts.page(
                actor, query.getFilter().orElse(""), last == null ? null : last.id(), size), CHOICES).slice(query.getOffset(), query.getLimit()).stream());
        account.setItemLabelGenerator(Account::name);
        account.setPlaceholder(translate("log.account.all"));
        account.setClearButtonVisible(true);
        feature.setLabel(translate("feature.name"));
        feature.setItems(catalog.snapshot().features().stream().filter(each -> each.meter() != null && each.meter().source() == null).toList());
        feature.setItemLabelGenerator(each -> each == null ? translate("filter.features.all") : each.name());
        feature.setEmptySelectionAllowed(true);
        feature.setEmptySelectionCaption(translate("filter.features.all"));
        id.setClearButtonVisible(true);
        until.setHelperText(translate("log.until.hint"));
        from.setStep(Duration.ofMinutes(15));
        until.setStep(Duration.ofMinutes(15));
        from.setManualValidation(true);
        add(account, feature, from, until, id);
        state.get(ACCOUNT).map(key -> accounts.byKeys(actor, List.of(key)).get(key)).ifPresent(account::setValue);
        state.get(FEATURE).flatMap(key -> catalog.snapshot().feature(key)).ifPresent(feature::setValue);
        state.get(ID).ifPresent(id::setValue);
        set(from, instant(state.get(FROM)).orElseGet(() -> since(now)));
        set(until, instant(state.get(UNTIL)).orElse(null));
        follow(state, now, changed);
    }

    private void follow(QueryState state, Instant now, Consumer<EventFilters> changed) {
        account.addValueChangeListener(change -> {
            state.choose(ACCOUNT, change.getValue() == null ? null : change.getValue().key());
            if (state.get(FROM).isEmpty()) {
                set(from, since(now));
            }
            changed.accept(this);
        });
        feature.addValueChangeListener(change -> {
            state.choose(FEATURE, change.getValue() == null ? null : change.getValue().key());
            changed.accept(this);
        });
        follow(from, FROM, state, changed);
        follow(until, UNTIL, state, changed);
        id.addValueChangeListener(change -> {
            state.choose(ID, change.getValue());
            changed.accept(this);
        });
    }

    /** What is set by the page itself is not worth mentioning in the address. */
    private void follow(DateTimePicker picker, String name, QueryState state, Consumer<EventFilters> changed) {
        picker.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                state.choose(name, Objects.toString(instant(picker), null));
                changed.accept(this);
            }
        });
    }

    /** A month of one account; of everybody's, no more than may be asked for. */
    private Instant since(Instant now) {
        return now.minus(account.isEmpty() ? EventQuery.LONGEST_OF_EVERYBODY : OF_ONE).plus(Duration.ofMinutes(6)).truncatedTo(ChronoUnit.MINUTES);
    }

    /** The account's; of everybody's, UTC. */
    ZoneId zone() {
        return account.getOptionalValue().map(Account::zone).orElse(ZoneOffset.UTC);
    }

    private void set(DateTimePicker picker, @Nullable Instant at) {
        picker.setValue(at == null ? null : at.atZone(zone()).toLocalDateTime());
    }

    private @Nullable Instant instant(DateTimePicker picker) {
        return picker.getValue() == null ? null : picker.getValue().atZone(zone()).toInstant();
    }

    private static Optional<Instant> instant(Optional<String> text) {
        try {
            return text.map(Instant::parse);
        } catch (DateTimeParseException mistyped) {
            return Optional.empty();
        }
    }

    /** What is asked for; nothing, and why beside the field, where the times are the wrong way round. */
    Optional<EventQuery> query(Instant now) {
        from.setInvalid(false);
        Instant begins = Optional.ofNullable(instant(from)).orElseGet(() -> since(now));
        Instant ends = Optional.ofNullable(instant(until)).orElseGet(() -> now.plus(Duration.ofMinutes(5)));
        if (!begins.isBefore(ends)) {
            refuse(translate("log.order"));
            return Optional.empty();
        }
        String name = id.getValue().strip();
        return Optional.of(new EventQuery(
                account.getOptionalValue().map(Account::id).orElse(null), feature.getOptionalValue().map(Feature::id).orElse(null),
                name.isEmpty() ? null : name, new Period(begins, ends)));
    }

    void refuse(String why) {
        from.setErrorMessage(why);
        from.setInvalid(true);
    }
}
