package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.console.Figures;
import dev.headroom.console.TypedNumber;
import dev.headroom.impact.Segment;
import dev.headroom.rollout.PublishingPolicy;
import dev.headroom.rollout.RolloutChoice;
import dev.headroom.rollout.RolloutChoice.Timing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who moves to the version and when; the usual is that nobody does but those who come. */
final class ChoiceStep extends Div {

    private static final String USUAL_ZONE = "UTC";
    private static final int LARGEST = 10_000;

    private final RadioButtonGroup<Timing> timing = new RadioButtonGroup<>(translate("publish.timing"));
    private final SegmentFields segment = new SegmentFields();
    private final TextField most = new TextField(translate("publish.most"));
    private final TextField notice = new TextField(translate("publish.notice"));
    private final Div moving = new Div();
    private final Checkbox later = new Checkbox(translate("publish.later"));
    private final DateTimePicker date = new DateTimePicker(translate("publish.date"));
    private final ComboBox<String> zone = new ComboBox<>(translate("publish.zone"));

    /** @param offered what can be chosen, the usual first */
    ChoiceStep(PublishingPolicy policy, InstantSource clock, List<Timing> offered) {
        addClassName("choice-step");
        timing.setItems(offered);
        timing.setRenderer(new ComponentRenderer<>(ChoiceStep::choice));
        timing.addValueChangeListener(change -> moving.setVisible(change.getValue() != Timing.NEW_ONLY));
        most.setHelperText(policy.mostRisePercent() == null ? translate("publish.most.free") : translate("publish.most.bound", Figures.percent(policy.mostRisePercent())));
        notice.setHelperText(translate("publish.notice.least", policy.riseNoticeDays(), policy.noticeDays()));
        Stream.of(most, notice).forEach(field -> field.setManualValidation(true));
        Div numbers = new Div(most, notice);
        numbers.addClassName("fields");
        moving.addClassName("choice-step");
        moving.add(segment, numbers);
        moving.setVisible(false);
        timing.setValue(offered.getFirst());
        zone.setItems(ZoneId.getAvailableZoneIds().stream().sorted().toList());
        zone.setValue(USUAL_ZONE);
        date.setValue(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS));
        date.setManualValidation(true);
        Div when = new Div(date, zone);
        when.addClassName("toolbar");
        when.setVisible(false);
        later.addValueChangeListener(change -> when.setVisible(change.getValue()));
        add(timing, moving, later, when);
    }

    private static Component choice(Timing timing) {
        Span meaning = new Span(PublishText.meaning(timing));
        meaning.addClassName("quiet");
        Div both = new Div(new Span(PublishText.name(timing)), meaning);
        both.addClassName("stacked");
        return both;
    }

    /** Who moves was said before; what is published is on sale already. */
    ChoiceStep ofThose() {
        segment.setVisible(false);
        later.setLabel(translate("move.later"));
        date.setLabel(translate("move.date"));
        return this;
    }

    /** Offers the versions that somebody may have. */
    void about(PlanVersion next, CatalogSnapshot known) {
        segment.about(known.versionsOf(next.plan()));
    }

    /** Whether all that was typed can be read; what cannot is marked. */
    boolean clear() {
        boolean numbers = !moving.isVisible() || Stream.of(marked(most, LARGEST), marked(notice, LARGEST), segment.clear()).allMatch(each -> each);
        date.setErrorMessage(translate("publish.date.wrong"));
        date.setInvalid(later.getValue() && date.getValue() == null);
        return numbers && !date.isInvalid() && !(later.getValue() && zone.isEmpty());
    }

    private static boolean marked(TextField field, int largest) {
        boolean clear = field.getValue().isBlank() || number(field).filter(number -> number <= largest).isPresent();
        field.setErrorMessage(translate("draft.count.wrong"));
        field.setInvalid(!clear);
        return clear;
    }

    private static Optional<Integer> number(TextField field) {
        return TypedNumber.parse(field.getValue())
                .filter(number -> number.signum() >= 0 && number.stripTrailingZeros().scale() <= 0 && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0)
                .map(BigDecimal::intValueExact);
    }

    RolloutChoice chosen() {
        boolean moves = timing.getValue() != Timing.NEW_ONLY;
        Instant at = at();
        return new RolloutChoice(
                timing.getValue(), moves ? segment.chosen() : Segment.EVERYBODY, moves ? number(most).orElse(null) : null, moves ? number(notice).orElse(null) : null,
                at, at == null ? null : zone.getValue());
    }

    private @Nullable Instant at() {
        return later.getValue() && date.getValue() != null && !zone.isEmpty() ? date.getValue().atZone(ZoneId.of(zone.getValue())).toInstant() : null;
    }
}
