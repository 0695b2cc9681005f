package dev.headroom.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.guard.JavaSource;
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

/** Every act that is written down has its words, and there are no others. What the code writes is read from the code. */
class AuditedActsTest {

    private static final List<JavaSource> CODE = JavaSource.below(Path.of("src/main/java"));
    private static final Pattern WRITTEN = Pattern.compile("\\b(?:a|rolloutA)udit\\.(?:created|changed|decided)\\(\\s*\\w+,\\s*(\"\\w+\"|\\w+),\\s*[\\w.()]+,\\s*([^,]+),");
    private static final Pattern ANY = Pattern.compile("\\b(?:a|rolloutA)udit\\.(?:created|changed|decided)\\(");
    private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");

    /** Acts whose name the writer is told: by whom is for whoever changes the file to say. */
    private static final Map<String, Set<String>> TOLD = Map.ofEntries(
            Map.entry("Catalog", Set.of("createPlan", "createAddOn", "editFeature", "retireFeature", "restoreFeature")),
            Map.entry("ConsoleUsers", Set.of("assignRoles", "disableConsoleUser", "enableConsoleUser", "renameConsoleUser", "eraseConsoleUser")),
            Map.entry("RolloutTurns", Set.of("cancelPublication", "pauseRollout", "resumeRollout", "stopRollout")),
            Map.entry("Impacts", Set.of("previewImpact", "previewMove")),
            Map.entry("Links", Set.of("inviteConsoleUser", "resetConsoleUserPassword")),
            Map.entry("PaymentMethods", Set.of("preferPaymentMethod", "completePaymentMethodSetup", "readPaymentMethods")),
            Map.entry("StripeImports", Set.of("startStripeImport", "applyStripeImport")),
            Map.entry("DraftEdits", Set.of("editDraft", "undoDraftEdit", "redoDraftEdit")),
            Map.entry("Drafts", Set.of("discardDraft", "restoreDraft", "publishDraft")),
            Map.entry("SaleDrafts", Set.of("discardSaleDraft", "restoreSaleDraft")),
            Map.entry("WebhookEndpoints", Set.of("pauseWebhookEndpoint", "resumeWebhookEndpoint")));

    /** What says itself what kind of thing it is. */
    private static final Map<String, Set<String>> THEMSELVES = Map.of(
            "plan.kind().subject()", Set.of("plan", "addOn"), "version.plan().kind().subject()", Set.of("plan", "addOn"),
            "draft.audited()", Set.of("draft"), "after.audited()", Set.of("draft"), "rollout", Set.of("rollout"), "before.state()", Set.of("rollout"));

    /** Acts that nobody does any more, of which there may be entries all the same. */
    private static final Set<String> FORMER = Set.of("assignRole", "allowOrigins", "resetPassword");

    @Test
    void everyActAndEveryKindOfThingHasItsWordsAndThereAreNoOthers() {
        Set<String> acts = new TreeSet<>(written());
        assertThat(acts).doesNotContainAnyElementsOf(FORMER);
        acts.addAll(FORMER);
        assertThat(texts("audit.act.")).isEqualTo(acts);
        assertThat(texts("audit.thing.")).isEqualTo(new TreeSet<>(CODE.stream()
                .flatMap(source -> calls(source).flatMap(call -> things(source, call.group(2))))
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

    /** As written, or the constant of the file. */
    private static Stream<String> things(JavaSource source, String thing) {
        if (THEMSELVES.containsKey(thing)) {
            return THEMSELVES.get(thing).stream();
        }
        String written = thing.contains("\"") ? thing : Pattern.compile("String " + thing + " = (\"\\w+\")").matcher(source.text()).results().map(found -> found.group(1)).findFirst().orElseThrow();
        return QUOTED.matcher(written).results().map(quoted -> quoted.group(1));
    }

    private static Optional<JavaSource> source(String name) {
        return CODE.stream().filter(source -> source.simpleName().equals(name)).findFirst();
    }

    private static Set<String> texts(String prefix) {
        return ResourceBundle.getBundle("vaadin-i18n.translations").keySet().stream()
                .filter(key -> key.startsWith(prefix)).map(key -> key.substring(prefix.length())).collect(Collectors.toCollection(TreeSet::new));
    }
}
