package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static java.util.stream.Collectors.toMap;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.console.QueryState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.entitlement.Entitlements;
import dev.headroom.reading.ProjectionResult;
import dev.headroom.reading.Readings;
import dev.headroom.usage.UsageHistories;
import dev.headroom.usage.UsageHistories.IntakeDay;
import dev.headroom.usage.UsageHistories.Span;
import dev.headroom.usage.UsageHistories.UsageHistory;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** What there is to say of an account's usage: how it stands and where it is heading, how it went, and what became of the events that were sent. */
@org.springframework.stereotype.Component
public class UsagePanels {

    public static final String TAB = "usage";
    private static final int INTAKE_DAYS = 14;
    private static final Comparator<Entitlement> MOST_USED = Comparator
            .comparing((Entitlement each) -> Objects.requireNonNullElse(each.percent(), 0L))
            .thenComparing(Entitlement::used)
            .reversed();

    private final Entitlements entitlements;
    private final Readings readings;
    private final UsageHistories histories;
    private final InstantSource clock;

    UsagePanels(Entitlements entitlements, Readings readings, UsageHistories histories, InstantSource clock) {
        this.entitlements = entitlements;
        this.readings = readings;
        this.histories = histories;
        this.clock = clock;
    }

    /** @param counted what the account is granted that is counted */
    public Component of(SignedIn signedIn, Account account, List<Entitlement> counted, QueryState state) {
        Actor actor = signedIn.actor();
        LiveMeters meters = meters(signedIn, account, this::projections);
        Div panel = new Div(new Section(translate("usage.meters"), meters));
        List<Feature> recorded = counted.stream()
                .filter(each -> each.feature().meter() != null)
                .sorted(MOST_USED)
                .map(Entitlement::feature)
                .toList();
        if (!recorded.isEmpty()) {
            SeriesPanel series = new SeriesPanel(recorded, state, (feature, range) -> series(actor, account, feature, range));
            meters.with(series::show);
            panel.add(new Section(translate("usage.series"), series));
        }
        Anchor browse = new Anchor(EventsView.of(account.key()), translate("usage.browse"));
        panel.add(new Section(translate("intake.title"), new IntakeTable(intake(actor, account), INTAKE_DAYS), browse));
        return panel;
    }

    /** How it stands and no more, kept up to date. */
    public Component meters(SignedIn signedIn, Account account) {
        return meters(signedIn, account, (_, _) -> Map.of());
    }

    /** Whoever looks is asked for each time: they may have been shut out meanwhile. */
    private LiveMeters meters(SignedIn signedIn, Account account, BiFunction<Actor, Account, Map<FeatureId, ProjectionResult>> heading) {
        return new LiveMeters(
                () -> entitlements.meters(signedIn.actor(), account.id(), null),
                features -> cards(signedIn.actor(), account, features, heading.apply(signedIn.actor(), account)), clock);
    }

    private Map<FeatureId, MeterCard> cards(
            Actor actor, Account account, Set<FeatureId> features, Map<FeatureId, ProjectionResult> projections) {
        return entitlements.check(actor, account.id(), null, 0).stream()
                .filter(each -> features.contains(each.feature().id()))
                .collect(toMap(each -> each.feature().id(), each -> {
                    MeterCard card = new MeterCard(each, account.zone());
                    Optional.ofNullable(projections.get(each.feature().id())).ifPresent(card::heading);
                    return card;
                }));
    }

    private Map<FeatureId, ProjectionResult> projections(Actor actor, Account account) {
        return readings.projections(actor, entitlements.meters(actor, account.id(), null)).entrySet().stream()
                .collect(toMap(each -> each.getKey().feature().id(), Map.Entry::getValue));
    }

    private Series series(Actor actor, Account account, Feature feature, Range range) {
        Span span = Span.last(account.id(), account.zone(), range.step(), range.points(), clock.instant().plus(1, ChronoUnit.MICROS));
        UsageHistory history = Objects.requireNonNull(histories.of(actor, List.of(span)).get(span));
        return new Series(feature, range.step(), account.zone(), history.starts(), history.of(feature));
    }

    private List<IntakeDay> intake(Actor actor, Account account) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return histories.intake(actor, account.id(), today.minusDays(INTAKE_DAYS - 1), today.plusDays(1));
    }
}
