package dev.headroom.console;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.account.MemberState;
import dev.headroom.account.PaymentMethod;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.approval.NegotiatedDiscount;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.change.PlanChange;
import dev.headroom.actor.Permission;
import dev.headroom.console.revenue.CohortMeasure;
import dev.headroom.console.revenue.CohortShown;
import dev.headroom.console.revenue.GrowthGroup;
import dev.headroom.console.revenue.Preset;
import dev.headroom.console.revenue.Strand;
import dev.headroom.console.usage.Range;
import dev.headroom.delivery.WebhookDelivery.DeliveryState;
import dev.headroom.delivery.WebhookEndpoint.EventKind;
import dev.headroom.entitlement.Grant;
import dev.headroom.identity.Origins;
import dev.headroom.exchange.FileDifference;
import dev.headroom.history.HistoryMistake;
import dev.headroom.identity.Role;
import dev.headroom.impact.ImpactLine;
import dev.headroom.invoice.Invoice;
import dev.headroom.limits.Decision;
import dev.headroom.limits.Limit;
import dev.headroom.metrics.Metric;
import dev.headroom.occasion.Origin;
import dev.headroom.policy.ChangeKind;
import dev.headroom.policy.CreditGuard;
import dev.headroom.policy.Transition;
import dev.headroom.preview.Drift;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.projection.Flow;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.Quotes;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.Segments;
import dev.headroom.rollout.RolloutMove;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.Visibility;
import dev.headroom.start.StartQuoteResult;
import dev.headroom.start.StartQuotes;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.sync.CatalogPlan;
import dev.headroom.sync.ImportFinding;
import dev.headroom.sync.StripeDifference;
import dev.headroom.time.Interval;
import dev.headroom.time.Reset;
import dev.headroom.value.ValueCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTextsTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/headroom/console");
    private static final Pattern KEY = Pattern.compile("\"([a-z]+(?:\\.[a-zA-Z]+)+)\"");
    private static final Pattern HOLE = Pattern.compile("\\{(\\d)");

    /** The types of which {@link Words} is asked. */
    private static final List<Class<? extends Enum<?>>> WORDS = List.of(
            Place.class, Place.Group.class, Appearance.class, Language.class, Role.class, Permission.class, PlanVersion.State.class, Decision.State.class, PlanChange.State.class,
            SubscriptionState.class, Interval.class, FeatureKind.class, Reset.class, Limit.Policy.class, Decision.Reason.class,
            MemberState.class, Grant.State.class, Grant.Kind.class, Range.class, GrowthKind.class, InvoiceLine.Kind.class, QuoteResult.Rule.class, QuoteResult.Hold.class,
            ApprovalRequest.ApprovalState.class, NegotiatedDiscount.Lasting.class,
            Quotes.Staleness.class, StartQuotes.Staleness.class, StartQuoteResult.Rule.class, Invoice.Status.class, Invoice.Reason.class, Invoice.Dispute.State.class, PaymentMethod.Expiry.class,
            ChangeKind.class, Transition.class, CreditGuard.Measure.class,
            CatalogPlan.DifferenceKind.class, StripeDifference.Aspect.class,
            ValueCase.Line.Kind.class, PlanChange.Step.Kind.class, Origins.Origin.Kind.class, Drift.Compared.class, Drift.Cause.class,
            ImportFinding.ImportedKind.class, ImportFinding.Outcome.class, PriceLine.Model.class, Visibility.class, ImpactLine.Standing.class,
            ImpactLine.Hindrance.class, RolloutMove.Reason.class, Origin.class, FileDifference.Subject.class, FileDifference.Effect.class,
            MovementKind.class, Retention.Definition.class, Preset.class, Strand.class, CohortMeasure.class, CohortShown.class, Segments.Dimension.class,
            GrowthGroup.class, Metric.Kind.class, Flow.class, HistoryMistake.Problem.class, EventKind.class, DeliveryState.class);

    @Test
    void bothLanguagesHaveTheSameKeysAndTheSameHoles() {
        Properties english = read("translations.properties");
        Properties german = read("translations_de.properties");
        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames()).allSatisfy(key ->
                assertThat(holes(german.getProperty(key))).as(key).isEqualTo(holes(english.getProperty(key))));
    }

    /** Of two that have one key, one is never seen. */
    @ParameterizedTest
    @ValueSource(strings = {"translations.properties", "translations_de.properties"})
    void noKeyStandsTwice(String bundle) throws IOException {
        List<String> keys = Files.readAllLines(Path.of("src/main/resources/vaadin-i18n", bundle)).stream().filter(line -> !line.startsWith("#") && line.contains("=")).map(line -> line.substring(0, line.indexOf('='))).toList();
        assertThat(keys).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"translations.properties", "translations_de.properties"})
    void noTextHasAStraightApostropheWhichMessageFormatWouldSwallow(String bundle) {
        assertThat(read(bundle).values()).noneSatisfy(text -> assertThat(text.toString()).contains("'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"translations.properties", "translations_de.properties"})
    void everyTextIsAFormat(String bundle) {
        assertThat(read(bundle).values()).allSatisfy(text -> assertThat(new MessageFormat(text.toString())).isNotNull());
    }

    @Test
    void everyKeyInTheCodeHasATextAndEveryTextIsUsed() {
        Set<String> known = new TreeSet<>(read("translations.properties").stringPropertyNames());
        Set<String> used = keysInCode();
        used.addAll(words());
        known.removeIf(key -> key.startsWith("timeline.") && used.stream().noneMatch(key::equals) && sources().contains(operation(key)));
        // What they are put together from is listed by the acts that the code writes down: AuditedActsTest.
        known.removeIf(key -> key.startsWith("audit.act.") || key.startsWith("audit.thing."));
        // Found by what services say: SentencesTest.
        known.removeIf(key -> key.startsWith("said."));
        assertThat(used).isEqualTo(known);
    }

    @Test
    void aMissingTextShowsItsKey() {
        assertThat(new ConsoleTexts().getTranslation("no.such.text", Locale.ENGLISH)).isEqualTo("!no.such.text!");
    }

    @Test
    void anEnglishBrowserOnAGermanMachineReadsEnglish() {
        assertThat(new ConsoleTexts().getTranslation("plan.list.title", Locale.US)).isEqualTo("Plans");
        assertThat(new ConsoleTexts().getTranslation("plan.list.title", Locale.GERMANY)).isEqualTo("Pläne");
    }

    /** Audit operations are appended to {@code timeline.}; their names stand in the code on their own. */
    private static String operation(String key) {
        return "\"" + key.substring("timeline.".length()) + "\"";
    }

    private static Set<String> words() {
        return WORDS.stream()
                .flatMap(type -> Stream.of(type.getEnumConstants()))
                .map(constant -> "word." + constant.getDeclaringClass().getSimpleName() + "." + constant.name())
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> keysInCode() {
        Set<String> prefixes = ResourceBundle.getBundle(ConsoleTexts.BUNDLE, Locale.ROOT).keySet().stream()
                .map(key -> key.substring(0, key.indexOf('.') + 1))
                .collect(toCollection(TreeSet::new));
        return KEY.matcher(sources()).results()
                .map(match -> match.group(1))
                .filter(key -> prefixes.contains(key.substring(0, key.indexOf('.') + 1)))
                .collect(toCollection(TreeSet::new));
    }


    private static String sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return String.join("\n", files.filter(file -> file.toString().endsWith(".java")).map(ConsoleTextsTest::text).toList());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static List<String> holes(String text) {
        return HOLE.matcher(text).results().map(MatchResult::group).distinct().sorted().toList();
    }

    private static Properties read(String bundle) {
        Properties texts = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/vaadin-i18n", bundle))) {
            texts.load(reader);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
        return texts;
    }
}
