package dev.headroom.history;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.history.HistoryRun.Counts;
import dev.headroom.history.HistoryRun.Source;
import dev.headroom.history.HistoryRun.State;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import java.io.IOException;
import java.io.Reader;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes files of history in, piece by piece, and has them brought. Whoever may see REVENUE may have a file looked at, which writes nothing but its report; what is
 * brought cannot be taken back, so that whoever has it brought may ADMIN too.
 */
@Service
public class HistoryFiles {

    /** Characters of a piece: with it a request stays below what one may have. */
    public static final int LARGEST_PART = 500_000;
    /** Characters of a file, and as many bytes where it is uploaded: in UTF-8 a text never has fewer. */
    public static final int LARGEST = 50_000_000;
    /** Lines of a file. */
    public static final int MOST_LINES = HistoryFile.MOST_LINES;

    private static final int MOST_PARTS = LARGEST / LARGEST_PART;

    private static final String FILE = "historyFile";

    private final HistoryRunRepository runs;
    private final HistoryLineRepository lines;
    private final HistoryReportRepository report;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    HistoryFiles(HistoryRunRepository runs, HistoryLineRepository lines, HistoryReportRepository report, IdempotencyKeys keys, AuditEntries audit, InstantSource clock) {
        this.runs = runs;
        this.lines = lines;
        this.report = report;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** Begins with a file; {@code name} is for people. */
    public record OpenHistory(String idempotencyKey, String name) {}

    /**
     * The next piece of a file, which may end anywhere.
     *
     * @param number from 1
     * @param last   whether the file is whole with it: then it is read and looked at
     */
    public record AddToHistory(String history, int number, String text, boolean last) {}

    /** Asks to bring what was looked at. */
    public record BringHistory(String idempotencyKey, String history) {}

    @Transactional
    public HistoryRun open(Actor actor, OpenHistory command) {
        actor.requireEveryAccount(Permission.REVENUE);
        UUID id = Ids.next();
        HistoryRun run = new HistoryRun(
                id, Source.FILE, Check.text("input.name", command.name()), State.OPEN, actor.name(), clock.instant(), 0, 0, new Counts(0, 0, 0, 0, 0, 0, 0), null, null, null);
        return switch (keys.claim(actor, "openRevenueHistory", command.idempotencyKey(), command, id)) {
            case Claim.Repeat(UUID made) -> runs.byId(made).orElseThrow();
            case Claim.First() -> {
                runs.insert(run);
                audit.created(actor, "openRevenueHistory", null, FILE, id, run);
                yield run;
            }
        };
    }

    /**
     * Safe to repeat.
     *
     * @throws HeadroomException NOT_FOUND; INVALID_INPUT for a piece that is too large; CONFLICT for one out of turn, or one that is there with another text
     */
    @Transactional
    public HistoryRun add(Actor actor, AddToHistory command) {
        actor.requireEveryAccount(Permission.REVENUE);
        HistoryRun run = locked(command.history());
        if (command.number() > MOST_PARTS) {
            throw HeadroomException.invalid("input.number", "A file has at most " + MOST_PARTS + " pieces of " + LARGEST_PART + " characters; bring the rest with another file");
        }
        Check.between("input.number", command.number(), 1, MOST_PARTS);
        Check.between("input.text", command.text().length(), 0, LARGEST_PART);
        if (run.state() != State.OPEN && command.number() <= run.parts()) {
            return run;
        }
        if (run.state() != State.OPEN || command.number() > run.parts() + 1) {
            throw conflict("input.number", run.state() == State.OPEN ? "The next piece is number " + (run.parts() + 1) : "The file is whole: it is " + run.state());
        }
        if (!lines.add(run.id(), command.number(), command.text().replace("\0", "\uFFFD"))) {
            throw conflict("input.text", "Piece " + command.number() + " is there with another text; open another file");
        }
        runs.gathered(run.id(), Math.max(run.parts(), command.number()), command.last() ? State.READING : State.OPEN);
        return runs.byId(run.id()).orElseThrow();
    }

    /** A whole file at once, in such pieces. */
    @Transactional
    public HistoryRun take(Actor actor, OpenHistory command, Reader text) throws IOException {
        HistoryRun run = open(actor, command);
        char[] piece = new char[LARGEST_PART];
        int length = filled(text, piece, 0);
        int number = 0;
        boolean last = false;
        while (!last) {
            // A letter of two halves stays whole: the first half waits for the next piece.
            int whole = length > 0 && Character.isHighSurrogate(piece[length - 1]) ? length - 1 : length;
            String part = new String(piece, 0, whole);
            System.arraycopy(piece, whole, piece, 0, length - whole);
            last = length < LARGEST_PART;
            length = filled(text, piece, length - whole);
            run = add(actor, new AddToHistory(run.id().toString(), ++number, part, last));
        }
        return run;
    }

    /** As much as there is room for, unless the text ends. */
    private static int filled(Reader text, char[] piece, int from) throws IOException {
        int length = from;
        int read = 0;
        while (length < piece.length && read >= 0) {
            read = text.read(piece, length, piece.length - length);
            length += Math.max(read, 0);
        }
        return length;
    }

    /** @throws HeadroomException NOT_FOUND; CONFLICT unless it was looked at and something of it can be brought */
    @Transactional
    public HistoryRun bring(Actor actor, BringHistory command) {
        actor.requireEveryAccount(Permission.REVENUE);
        actor.requireEveryAccount(Permission.ADMIN);
        HistoryRun run = locked(command.history());
        if (keys.claim(actor, "bringRevenueHistory", command.idempotencyKey(), command, run.id()) instanceof Claim.Repeat) {
            return run;
        }
        if (run.state() != State.LOOKED_AT) {
            throw conflict("input.history", "It is " + run.state() + ", but would have to be " + State.LOOKED_AT);
        }
        if (run.counts().placed() == 0) {
            throw conflict("input.history", "There is nothing in it to bring");
        }
        report.forgetAccounts(run.id());
        runs.bring(run.id(), actor.name(), clock.instant());
        HistoryRun after = runs.byId(run.id()).orElseThrow();
        audit.changed(actor, "bringRevenueHistory", null, FILE, run.id(), run, after);
        return after;
    }

    /** The newest first. */
    public List<HistoryRun> newest(Actor actor, int most) {
        actor.requireEveryAccount(Permission.REVENUE);
        return runs.newest(most);
    }

    /** @throws HeadroomException NOT_FOUND */
    public HistoryRun byId(Actor actor, String id) {
        actor.requireEveryAccount(Permission.REVENUE);
        return Ids.parse(id).flatMap(runs::byId).orElseThrow(() -> unknown("id"));
    }

    private HistoryRun locked(String id) {
        return Ids.parse(id).flatMap(runs::locked).orElseThrow(() -> unknown("input.history"));
    }

    private static HeadroomException unknown(String field) {
        return HeadroomException.notFound(field, "No such file of history");
    }

    private static HeadroomException conflict(String field, String message) {
        return HeadroomException.of(ErrorCode.CONFLICT, field, message);
    }
}
