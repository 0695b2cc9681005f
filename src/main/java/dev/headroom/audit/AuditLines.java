package dev.headroom.audit;

import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries.Mark;
import dev.headroom.audit.AuditEntry.Thing;
import dev.headroom.csv.CsvLine;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** Entries as a file: exactly those of a filter, newest first, however many they are. For whoever may READ every account. */
@Service
class AuditLines {

    private static final int READ_AT_ONCE = 2_000;
    private static final Object[] COLUMNS = {
        "id", "at", "actor", "origin", "operation", "subject", "subject_id", "account_id", "reason", "correlation_id", "before", "after", "part_of", "part_of_id"};

    private final AuditEntries entries;

    AuditLines(AuditEntries entries) {
        this.entries = entries;
    }

    /** Lines of comma-separated values with a heading; read a few thousand at a time. */
    void write(Actor actor, AuditFilter filter, Consumer<String> out) {
        List<AuditEntry> page = entries.page(actor, filter, null, READ_AT_ONCE);
        out.accept(CsvLine.of(COLUMNS));
        page.forEach(entry -> out.accept(line(entry)));
        while (page.size() == READ_AT_ONCE) {
            page = entries.page(actor, filter, Mark.of(page.getLast()), READ_AT_ONCE);
            page.forEach(entry -> out.accept(line(entry)));
        }
    }

    private static String line(AuditEntry entry) {
        Thing whole = entry.partOf();
        return CsvLine.of(
                entry.id(), entry.at(), entry.actor(), entry.origin(), entry.operation(), entry.subject(), entry.subjectId(), entry.account(), entry.reason(),
                entry.correlation(), entry.before(), entry.after(),
                whole == null ? null : whole.subject(), whole == null ? null : whole.id());
    }
}
