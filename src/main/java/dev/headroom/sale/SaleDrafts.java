package dev.headroom.sale;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.sale.SaleDraft.Act;
import dev.headroom.sale.SaleDraft.Kind;
import dev.headroom.sale.SaleDraft.Mark;
import dev.headroom.sale.SaleDraft.State;
import dev.headroom.sale.SaleSheet.BundleSheet;
import dev.headroom.sale.SaleSheet.OfferSheet;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Drafts of offers and bundles, for whoever may CATALOG; nothing that is done to one changes what is sold. */
@Service
public class SaleDrafts {

    private static final String SUBJECT = "saleDraft";
    private static final String OPEN = "openSaleDraft";

    private final SaleDraftRepository drafts;
    private final SaleReadings readings;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final InstantSource clock;

    SaleDrafts(SaleDraftRepository drafts, SaleReadings readings, IdempotencyKeys keys, AuditEntries audit, InstantSource clock) {
        this.drafts = drafts;
        this.readings = readings;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Asks for a new draft.
     *
     * @param of key of what ends or is changed; absent where something is made
     */
    public record OpenSaleDraft(String idempotencyKey, Kind kind, Act act, @Nullable String of) {}

    /** What came of it. */
    public sealed interface OpenSaleDraftResult permits SaleDraftOpened, SaleDraftAlreadyOpen {}

    public record SaleDraftOpened(SaleDraft draft) implements OpenSaleDraftResult {}

    /** There is one that ends the same, which others may be at work on. */
    public record SaleDraftAlreadyOpen(SaleDraft draft) implements OpenSaleDraftResult, TurnSaleDraftResult {}

    /** What came of an edit. */
    public sealed interface EditSaleDraftResult permits SaleDraftEdited, SaleDraftEditedSince, SaleDraftNotOpen {}

    public record SaleDraftEdited(SaleDraft draft) implements EditSaleDraftResult {}

    /** What came of discarding one, or of taking up one again. */
    public sealed interface TurnSaleDraftResult permits SaleDraftTurned, SaleDraftAlreadyOpen, SaleDraftNotOpen {}

    public record SaleDraftTurned(SaleDraft draft) implements TurnSaleDraftResult {}

    /** @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the field */
    @Transactional
    public OpenSaleDraftResult open(Actor actor, OpenSaleDraft command) {
        actor.requireEveryAccount(Permission.CATALOG);
        if ((command.act() == Act.MAKE) != (command.of() == null)) {
            throw HeadroomException.invalid("input.of", "Say the key of what is changed or ended, and none where something is made");
        }
        SaleDraft draft = begun(command, new Mark(actor.name(), clock.instant()));
        return switch (keys.claim(actor, OPEN, command.idempotencyKey(), command, draft.id())) {
            case Claim.Repeat(UUID made) -> new SaleDraftOpened(require(made));
            case Claim.First() -> opened(actor, command, draft);
        };
    }

    private SaleDraft begun(OpenSaleDraft command, Mark now) {
        @Nullable SaleSheet sold = command.of() == null ? null : readings.sold("input.of", command.kind(), command.of());
        @Nullable SaleSheet sheet = switch (command.act()) {
            case MAKE -> blank(command.kind());
            case CHANGE -> readings.next(Check.present("input.of", sold));
            case END -> null;
        };
        return new SaleDraft(Ids.next(), command.kind(), command.of(), sheet, State.OPEN, 0, now, now, null);
    }

    private static SaleSheet blank(Kind kind) {
        return switch (kind) {
            case OFFER -> OfferSheet.BLANK;
            case BUNDLE -> BundleSheet.BLANK;
        };
    }

    private OpenSaleDraftResult opened(Actor actor, OpenSaleDraft command, SaleDraft draft) {
        if (!drafts.insert(draft)) {
            keys.release(actor, OPEN, command.idempotencyKey());
            return new SaleDraftAlreadyOpen(drafts.open(draft.kind(), Check.present("input.of", draft.ends())).orElseThrow());
        }
        drafts.touched(draft);
        audit.created(actor, OPEN, null, SUBJECT, draft.id(), draft);
        return new SaleDraftOpened(draft);
    }

    /**
     * Puts another sheet in the place of the one that was read; whatever is typed is kept, also what is wrong.
     *
     * @param revision that was read
     * @throws HeadroomException INVALID_INPUT for a sheet of the other kind, or of a draft that only ends something
     */
    @Transactional
    public EditSaleDraftResult edit(Actor actor, UUID id, int revision, SaleSheet sheet) {
        actor.requireEveryAccount(Permission.CATALOG);
        SaleDraft before = drafts.locked(id).orElseThrow(SaleDrafts::unknown);
        if (before.sheet() == null || before.sheet().getClass() != sheet.getClass()) {
            throw HeadroomException.invalid("input." + (sheet instanceof OfferSheet ? "offer" : "bundle"), "The draft makes no such thing");
        }
        if (!storable(sheet)) {
            throw HeadroomException.invalid("input", "A text has a NUL");
        }
        if (!before.open()) {
            return new SaleDraftNotOpen(before);
        }
        if (before.revision() != revision) {
            return new SaleDraftEditedSince(before);
        }
        if (before.sheet().equals(sheet)) {
            return new SaleDraftEdited(before);
        }
        SaleDraft after = before.edited(sheet, new Mark(actor.name(), clock.instant()));
        drafts.update(after);
        drafts.touched(after);
        audit.changed(actor, "editSaleDraft", null, SUBJECT, id, before, after);
        return new SaleDraftEdited(after);
    }

    private static boolean storable(SaleSheet sheet) {
        return SaleChange.between(null, sheet).stream().allMatch(change -> Check.storable(change.after()));
    }

    /** Puts a draft aside, from where it can be taken up again; twice changes nothing. */
    @Transactional
    public TurnSaleDraftResult discard(Actor actor, UUID id) {
        return turn(actor, "discardSaleDraft", id, State.DISCARDED);
    }

    /** Takes a discarded draft up again as it was, unless another one that ends the same was opened meanwhile; twice changes nothing. */
    @Transactional
    public TurnSaleDraftResult restore(Actor actor, UUID id) {
        return turn(actor, "restoreSaleDraft", id, State.OPEN);
    }

    private TurnSaleDraftResult turn(Actor actor, String operation, UUID id, State wanted) {
        actor.requireEveryAccount(Permission.CATALOG);
        SaleDraft named = require(id);
        if (named.ends() != null) {
            drafts.alone(named.kind(), named.ends());
        }
        SaleDraft before = drafts.locked(id).orElseThrow(SaleDrafts::unknown);
        if (before.state() == State.PUBLISHED) {
            return new SaleDraftNotOpen(before);
        }
        if (before.state() == wanted) {
            return new SaleDraftTurned(before);
        }
        SaleDraft after = before.turned(wanted, wanted == State.OPEN ? null : new Mark(actor.name(), clock.instant()));
        if (!drafts.update(after)) {
            return new SaleDraftAlreadyOpen(drafts.open(before.kind(), Check.present("input.draft", before.ends())).orElseThrow());
        }
        audit.changed(actor, operation, null, SUBJECT, id, before, after);
        return new SaleDraftTurned(after);
    }

    public SaleDraft byId(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.CATALOG);
        return require(id);
    }

    /** The newest first. @param kind absent for both @param state absent for every one @param before the last one of the page before */
    public List<SaleDraft> page(Actor actor, @Nullable Kind kind, @Nullable State state, @Nullable UUID before, int most) {
        actor.requireEveryAccount(Permission.CATALOG);
        return drafts.page(kind, state, before, most);
    }

    /** Everything that is wrong with a draft now; of one that is closed nothing is. */
    public List<SaleFinding> findings(Actor actor, SaleDraft draft) {
        actor.requireEveryAccount(Permission.CATALOG);
        return draft.open() ? readings.of(draft).findings() : List.of();
    }

    /** In what it differs from what it ends, or from nothing. */
    public List<SaleChange> changes(Actor actor, SaleDraft draft) {
        actor.requireEveryAccount(Permission.CATALOG);
        return readings.changes(draft);
    }

    private SaleDraft require(UUID id) {
        return drafts.byId(id).orElseThrow(SaleDrafts::unknown);
    }

    static HeadroomException unknown() {
        return HeadroomException.notFound("draft", "No such draft");
    }
}
