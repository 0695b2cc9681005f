package dev.headroom.console.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.audit.AuditEntry;
import dev.headroom.console.Figures;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An act in words. */
final class AuditText {

    private static final String ACT = "audit.act.";
    private static final String THING = "audit.thing.";
    private static final ResourceBundle KNOWN = ResourceBundle.getBundle("vaadin-i18n.translations");

    private AuditText() {}

    /** All that there are words for. */
    static List<String> operations() {
        return KNOWN.keySet().stream().filter(key -> key.startsWith(ACT)).map(key -> key.substring(ACT.length())).sorted().toList();
    }

    /** What was done; of an act that is not done any more, its name. */
    static String act(String operation) {
        return KNOWN.containsKey(ACT + operation) ? translate(ACT + operation) : translate("audit.other", operation);
    }

    /** What kind of thing it was done to. */
    static String thing(String subject) {
        return KNOWN.containsKey(THING + subject) ? translate(THING + subject) : subject;
    }

    /** How the thing is called, as it was then or before; nothing where it has no name. */
    static Optional<String> name(AuditEntry entry) {
        return Stream.of("name", "key").flatMap(field -> Stream.of(Optional.ofNullable(entry.after()), Optional.ofNullable(entry.before()))
                        .flatMap(Optional::stream)
                        .map(FieldText::parse)
                        .map(thing -> thing.path(field))
                        .filter(JsonNode::isString)
                        .map(JsonNode::asString))
                .findFirst();
    }

    /** The first of what it changed, and how many more there are. */
    static String brief(AuditEntry entry) {
        List<FieldChange> changes = BeforeAfter.of(entry);
        if (entry.before() == null || entry.after() == null || changes.isEmpty()) {
            return "";
        }
        FieldChange first = changes.getFirst();
        String line = translate("audit.brief", FieldText.name(first.path()), FieldText.value(first.before()), FieldText.value(first.after()));
        return changes.size() == 1 ? line : translate("audit.brief.more", line, Figures.number(changes.size() - 1));
    }
}
