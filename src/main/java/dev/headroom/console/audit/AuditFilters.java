package dev.headroom.console.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditFilter;
import dev.headroom.console.KeysetPages;
import dev.headroom.console.QueryState;
import dev.headroom.console.Words;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.occasion.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who, what, to whom, from where, when and in which words; as the address says it, and back. What is only linked to stays as the address has it. */
final class AuditFilters extends Div {

    static final String ACTOR = "actor";
    static final String ACT = "act";
    static final String ORIGIN = "origin";
    static final String ACCOUNT = "account";
    static final String SUBJECT = "subject";
    static final String ID = "id";
    static final String CORRELATION = "correlation";
    static final String FROM = "from";
    static final String UNTIL = "until";
    static final String TEXT = "q";

    private static final int CHOICES = 50;
    private static final int MOST_ACTORS = 100;
    private static final Duration STEP = Duration.ofMinutes(15);
    private static final ZoneId ZONE = ZoneOffset.UTC;

    private final QueryState state;
    private final TextField text = new TextField(translate("audit.text"));
    private final ComboBox<String> actor = new ComboBox<>(translate("audit.who"));
    private final ComboBox<String> act = new ComboBox<>(translate("audit.what"));
    private final Select<Origin> origin = new Select<>();
    private final ComboBox<Account> account = new ComboBox<>(translate("account.name"));
    private final DateTimePicker from = new DateTimePicker(translate("audit.from"));
    private final DateTimePicker until = new DateTimePicker(translate("audit.until"));

    AuditFilters(Actor reader, AuditEntries entries, AuditNames names, Accounts accounts, QueryState state, Consumer<AuditFilters> changed) {
        this.state = state;
        addClassName("toolbar");
        actors(reader, entries, names);
        acts();
        origins();
        accounts(reader, accounts);
        text.setClearButtonVisible(true);
        text.setTooltipText(translate("audit.text.tip"));
        text.setValueChangeMode(ValueChangeMode.LAZY);
        until.setHelperText(translate("audit.until.hint"));
        List.of(from, until).forEach(picker -> {
            picker.setStep(STEP);
            picker.setManualValidation(true);
        });
        add(text, actor, act, origin, account, from, until);
        fill(reader, accounts);
        follow(text, TEXT, Function.identity(), changed);
        follow(actor, ACTOR, Function.identity(), changed);
        follow(act, ACT, Function.identity(), changed);
        follow(origin, ORIGIN, Origin::name, changed);
        follow(account, ACCOUNT, Account::key, changed);
        follow(from, FROM, local -> local.atZone(ZONE).toInstant().toString(), changed);
        follow(until, UNTIL, local -> local.atZone(ZONE).toInstant().toString(), changed);
    }

    private void actors(Actor reader, AuditEntries entries, AuditNames names) {
        Map<String, String> called = entries.actors(reader, MOST_ACTORS).stream()
                .collect(Collectors.toMap(Function.identity(), each -> AuditNames.isOurs(each) ? translate("audit.part", AuditNames.part(each)) : names.who(reader, each)));
        List<String> choices = called.keySet().stream().sorted(Comparator.comparing(called::get)).collect(Collectors.toList());
        state.get(ACTOR).filter(each -> !called.containsKey(each)).ifPresent(linked -> choices.add(0, linked));
        actor.setItems(choices);
        actor.setItemLabelGenerator(each -> called.computeIfAbsent(each, linked -> names.who(reader, linked)));
        actor.setPlaceholder(translate("audit.who.all"));
        actor.setClearButtonVisible(true);
    }

    private void acts() {
        act.setItems(AuditText.operations().stream().sorted(Comparator.comparing(AuditText::act)).toList());
        act.setItemLabelGenerator(AuditText::act);
        act.setPlaceholder(translate("audit.what.all"));
        act.setClearButtonVisible(true);
    }

    private void origins() {
        origin.setLabel(translate("audit.origin"));
        origin.setItems(Origin.values());
        origin.setItemLabelGenerator(each -> each == null ? translate("audit.origin.all") : Words.of(each));
        origin.setEmptySelectionAllowed(true);
        origin.setEmptySelectionCaption(translate("audit.origin.all"));
    }

    private void accounts(Actor reader, Accounts accounts) {
        account.setItems(query -> new KeysetPages<Account>((last, size) -> accounts.page(
                reader, query.getFilter().orElse(""), last == null ? null : last.id(), size), CHOICES).slice(query.getOffset(), query.getLimit()).stream());
        account.setItemLabelGenerator(Account::name);
        account.setPlaceholder(translate("log.account.all"));
        account.setClearButtonVisible(true);
    }

    private void fill(Actor reader, Accounts accounts) {
        state.get(TEXT).ifPresent(text::setValue);
        state.get(ACTOR).ifPresent(actor::setValue);
        state.get(ACT).filter(AuditText.operations()::contains).ifPresent(act::setValue);
        state.get(ORIGIN).flatMap(name -> Arrays.stream(Origin.values()).filter(each -> each.name().equals(name)).findFirst()).ifPresent(origin::setValue);
        state.get(ACCOUNT).map(key -> accounts.byKeys(reader, List.of(key)).get(key)).ifPresent(account::setValue);
        instant(FROM).ifPresent(at -> from.setValue(at.atZone(ZONE).toLocalDateTime()));
        instant(UNTIL).ifPresent(at -> until.setValue(at.atZone(ZONE).toLocalDateTime()));
    }

    private <T> void follow(HasValue<?, T> field, String name, Function<T, String> written, Consumer<AuditFilters> changed) {
        field.addValueChangeListener(change -> {
            state.choose(name, field.isEmpty() ? null : Objects.toString(written.apply(change.getValue()), null));
            changed.accept(this);
        });
    }

    private Optional<Instant> instant(String name) {
        try {
            return state.get(name).map(Instant::parse);
        } catch (DateTimeParseException mistyped) {
            return Optional.empty();
        }
    }

    /** What is asked for; nothing, and why beside the field, where the times are the wrong way round. */
    Optional<AuditFilter> filter() {
        from.setInvalid(false);
        try {
            return Optional.of(new AuditFilter(
                    chosen(ACTOR), chosen(ACT), chosen(SUBJECT), chosen(ID), account.getOptionalValue().map(each -> each.id().value()).orElse(null),
                    origin.getValue(), state.get(CORRELATION).flatMap(Ids::parse).orElse(null), instant(FROM).orElse(null), instant(UNTIL).orElse(null), chosen(TEXT)));
        } catch (HeadroomException wrongWayRound) {
            from.setErrorMessage(translate("log.order"));
            from.setInvalid(true);
            return Optional.empty();
        }
    }

    private @Nullable String chosen(String name) {
        return state.get(name).orElse(null);
    }

    /** In words, what only a link can choose. */
    Optional<String> pinned() {
        return state.get(SUBJECT).map(subject -> translate("audit.pinned.thing", AuditText.thing(subject), state.get(ID).orElse("")))
                .or(() -> state.get(CORRELATION).map(id -> translate("audit.pinned.correlation", id)));
    }
}
