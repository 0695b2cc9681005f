package dev.headroom.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.guard.JavaSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every act that changes something writes an entry, and every entry has its words. What the code writes is read from the code. */
class AuditedActsTest {

    private static final List<JavaSource> CODE = JavaSource.below(Path.of("src/main/java"));
    private static final Pattern WRITTEN = Pattern.compile("\\baudit\\.(?:created|changed)\\(\\s*\\w+,\\s*(\"\\w+\"|\\w+),\\s*[\\w.()]+,\\s*([^,]+),");
    private static final Pattern ANY = Pattern.compile("\\baudit\\.(?:created|changed)\\(");
    private static final Pattern MUTATION = Pattern.compile("^  (\\w+)\\(input: \\w+!\\)", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");

    /** Acts whose name the writer is told: by whom is for whoever changes the file to say. */
    private static final Map<String, Set<String>> TOLD = Map.of(
            "Catalog", Set.of("createPlan", "createAddOn", "editFeature", "retireFeature", "restoreFeature"),
            "ConsoleUsers", Set.of("assignRole", "disableConsoleUser"),
            "PaymentMethods", Set.of("preferPaymentMethod", "completePaymentMethodSetup", "readPaymentMethods"),
            "StripeImports", Set.of("startStripeImport", "applyStripeImport"),
            "DraftEdits", Set.of("editDraft", "undoDraftEdit", "redoDraftEdit"),
            "Drafts", Set.of("discardDraft", "restoreDraft", "publishDraft"));

    /** Mutations that are written down under another act. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "openUsageBackfill", "openBackfill",
            "applyUsageBackfill", "applyBackfill",
            "reverseUsageBackfill", "reverseBackfill",
            "discardUsageBackfill", "discardBackfill",
            // Buys them by a plan change like every other.
            "settleSeats", "changePlan",
            // A commitment is a part of the subscription.
            "setCommitment", "recordSubscription");

    /** Mutations that need no entry, and why. */
    private static final Map<String, String> UNWRITTEN = Map.of(
            "recordUsage", "events are their own log, millions a day, each kept once with when it was sent",
            "consume", "an event like those of recordUsage",
            "reserve", "a reservation is kept with its end",
            "commitReservation", "an event like those of recordUsage",
            "releaseReservation", "the end of a reservation is kept with it",
            "addToUsageBackfill", "events that count for nothing until the backfill is applied, which is written down",
            "createAccountToken", "nothing is stored: a token is a signature, and what is done with it is written down with who did it",
            "startPaymentMethodSetup", "nothing changes until it is completed, which is written down");

    @Test
    void everyMutationWritesAnEntryOrSaysWhyItNeedsNone() throws IOException {
        Set<String> written = written();
        assertThat(mutations("type Mutation {\n  grow(input: GrowInput!): GrowResult!\n}")).containsExactly("grow");
        Set<String> mutations = mutations(schema());
        assertThat(mutations).hasSizeGreaterThan(50);
        assertThat(mutations.stream().filter(name -> !UNWRITTEN.containsKey(name) && !written.contains(OTHERWISE.getOrDefault(name, name))))
                .as("write an entry in the transaction of the act, or say here why it needs none").isEmpty();
        assertThat(mutations).as("what is excepted is there").containsAll(UNWRITTEN.keySet()).containsAll(OTHERWISE.keySet());
        assertThat(UNWRITTEN.keySet()).as("what is excepted writes none").doesNotContainAnyElementsOf(written);
    }

    @Test
    void everyActAndEveryKindOfThingHasItsWordsAndThereAreNoOthers() {
        assertThat(texts("audit.act.")).isEqualTo(written());
        assertThat(texts("audit.thing.")).isEqualTo(new TreeSet<>(CODE.stream()
                .flatMap(AuditedActsTest::calls)
                .flatMap(call -> QUOTED.matcher(call.group(2)).results().map(quoted -> quoted.group(1)))
                .collect(Collectors.toSet())));
    }

    @Test
    void everyWriterIsUnderstood() {
        assertThat(CODE.stream().filter(source -> calls(source).count() != ANY.matcher(source.text()).results().count()).map(JavaSource::toString)).isEmpty();
        assertThat(TOLD).allSatisfy((file, acts) -> assertThat(source(file)).as(file).hasValueSatisfying(
                source -> assertThat(calls(source).map(call -> call.group(1))).anyMatch(act -> !act.startsWith("\""))));
    }

    private static Set<String> written() {
        return CODE.stream().flatMap(source -> calls(source).flatMap(call -> acts(source, call.group(1)).stream())).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<MatchResult> calls(JavaSource source) {
        return WRITTEN.matcher(source.text()).results();
    }

    /** A literal, a constant of the file, or what the file is told. */
    private static List<String> acts(JavaSource source, String act) {
        if (act.startsWith("\"")) {
            return List.of(act.substring(1, act.length() - 1));
        }
        Optional<String> constant = Pattern.compile("String " + act + " = \"(\\w+)\"").matcher(source.text()).results().map(found -> found.group(1)).findFirst();
        return constant.map(List::of).orElseGet(() -> {
            assertThat(TOLD).as("%s writes %s: say here which acts those are", source, act).containsKey(source.simpleName());
            return new ArrayList<>(TOLD.get(source.simpleName()));
        });
    }

    private static Optional<JavaSource> source(String name) {
        return CODE.stream().filter(source -> source.simpleName().equals(name)).findFirst();
    }

    private static Set<String> texts(String prefix) {
        return ResourceBundle.getBundle("vaadin-i18n.translations").keySet().stream()
                .filter(key -> key.startsWith(prefix)).map(key -> key.substring(prefix.length())).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String schema() throws IOException {
        return Files.readString(Path.of("docs/api/schema.graphqls"));
    }

    private static Set<String> mutations(String schema) {
        String mutation = schema.substring(schema.indexOf("type Mutation {"));
        return MUTATION.matcher(mutation.substring(0, mutation.indexOf("\n}"))).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
