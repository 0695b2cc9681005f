package dev.headroom.draft;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.CreatePlanResult.KeyTaken;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.draft.Draft.Mark;
import dev.headroom.draft.Draft.State;
import dev.headroom.draft.Draft.Subject;
import dev.headroom.draft.DraftEdits.EditDraftResult;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.Finding;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.VersionDiff;
import dev.headroom.sheet.Visibility;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Drafts from their opening to their end: what is wrong with one, in what it differs from what is sold, and what it would be if it were published. */
@Service
public class Drafts {

    private static final Actor.System SELF = new Actor.System("draft");
    private static final int LONGEST_KEY = 100;

    private final DraftRepository drafts;
    private final StepRepository steps;
    private final Catalog catalog;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final Accounts accounts;
    private final InstantSource clock;

    Drafts(DraftRepository drafts, StepRepository steps, Catalog catalog, IdempotencyKeys keys, AuditEntries audit, Accounts accounts, InstantSource clock) {
        this.drafts = drafts;
        this.steps = steps;
        this.catalog = catalog;
        this.keys = keys;
        this.audit = audit;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** What a draft is to be of; every word is a key. */
    public sealed interface Wanted {

        /** A plan or add-on that is there: the draft begins as its latest version is. */
        record Next(Plan.Kind kind, String key) implements Wanted {}

        /** A plan or add-on that is not there yet. */
        record New(Plan.Kind kind, String product, String key) implements Wanted {}

        /**
         * Something that is not there yet and begins as a version of what is; from then on neither knows of the other.
         *
         * @param of      a plan or add-on, of which the product is too
         * @param version its number; absent is the latest
         */
        record Copy(Plan.Kind kind, String of, @Nullable Integer version, String key) implements Wanted {}

        /**
         * One account's own price: the draft begins as the latest version of what it is to be in the place of.
         *
         * @param insteadOf a plan or add-on that every account may have
         * @param key       of its own
         */
        record Own(Plan.Kind kind, String insteadOf, UUID account, String key) implements Wanted {

            /** What it is called where nobody says: "pro-acme". */
            public static String key(String insteadOf, String account) {
                String both = insteadOf + "-" + account;
                return both.substring(0, Math.min(both.length(), LONGEST_KEY));
            }
        }
    }

    /** What came of opening one. */
    public sealed interface OpenDraftResult permits DraftOpened, DraftAlreadyOpen, DraftKeyTaken {}

    public record DraftOpened(Draft draft) implements OpenDraftResult {}

    /** There is one of the same key, which others may be at work on. */
    public record DraftAlreadyOpen(Draft draft) implements OpenDraftResult, RestoreDraftResult {}

    /** Something is sold under the key already. */
    public record DraftKeyTaken(KeyTaken why) implements OpenDraftResult {}

    /** What came of discarding one. */
    public sealed interface DiscardDraftResult permits DraftDiscarded, DraftIsPlanned, DraftNotOpen {}

    public record DraftDiscarded(Draft draft) implements DiscardDraftResult {}

    /** What came of taking up one again. */
    public sealed interface RestoreDraftResult permits DraftRestored, DraftAlreadyOpen, DraftNotOpen {}

    public record DraftRestored(Draft draft) implements RestoreDraftResult {}

    /** It was published or discarded, as its state says. */
    public record DraftNotOpen(Draft draft) implements EditDraftResult, DiscardDraftResult, RestoreDraftResult, CandidateResult {}

    /** It goes on sale at a date, and is exactly what was looked at until then; who wants to edit it has that taken back first. */
    public record DraftIsPlanned(Draft draft) implements EditDraftResult, DiscardDraftResult {}

    /** What a draft would be if it were published. */
    public sealed interface CandidateResult permits Candidate, CandidateHasFindings, DraftNotOpen {}

    /**
     * @param revision of the draft that this is
     * @param version  as it would go on sale now, in no catalogue; the same for the same revision, but for when it is published
     */
    public record Candidate(Draft draft, int revision, PlanVersion version) implements CandidateResult {}

    /** @param findings that keep it from being published */
    public record CandidateHasFindings(Draft draft, List<Finding> findings) implements CandidateResult {}

    /** @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the field */
    @Transactional
    public OpenDraftResult open(Actor actor, String idempotencyKey, Wanted wanted) {
        actor.requireEveryAccount(Permission.CATALOG);
        CatalogSnapshot known = catalog.snapshot();
        Mark now = new Mark(actor.name(), clock.instant());
        Draft draft = switch (wanted) {
            case Wanted.Next next -> next(known, next, now);
            case Wanted.New fresh -> fresh(known, fresh, now);
            case Wanted.Copy copy -> copy(known, copy, now);
            case Wanted.Own own -> own(known, own, now);
        };
        drafts.alone(draft.subject().key());
        return switch (keys.claim(actor, "openDraft", idempotencyKey, wanted, draft.id().value())) {
            case Claim.Repeat(UUID made) -> new DraftOpened(require(new DraftId(made)));
            case Claim.First() -> {
                OpenDraftResult result = opened(actor, draft, wanted instanceof Wanted.Next ? Optional.empty() : holder(known, draft.subject().key()));
                if (!(result instanceof DraftOpened)) {
                    keys.release(actor, "openDraft", idempotencyKey);
                }
                yield result;
            }
        };
    }

    private OpenDraftResult opened(Actor actor, Draft draft, Optional<Plan> holder) {
        if (holder.isPresent()) {
            return new DraftKeyTaken(KeyTaken.by(holder.get()));
        }
        if (!drafts.insert(draft)) {
            return new DraftAlreadyOpen(drafts.open(draft.subject().key()).orElseThrow());
        }
        audit.changed(actor, "openDraft", draft.subject().account(), draft.audited(), null, draft, null);
        return new DraftOpened(draft);
    }

    private static Draft next(CatalogSnapshot known, Wanted.Next wanted, Mark now) {
        Plan plan = switch (wanted.kind()) {
            case TIER -> known.requirePlan("input.plan", wanted.key());
            case ADD_ON -> known.requireAddOn("input.addOn", wanted.key());
        };
        PlanVersion base = known.versionsOf(plan).getLast();
        UUID account = Optional.ofNullable(plan.own()).map(Plan.OwnPrice::account).orElse(null);
        return draft(new Subject(plan.product(), plan.id(), plan.key(), plan.kind(), base.id(), account), begun(base.sheet()), now);
    }

    private static Draft copy(CatalogSnapshot known, Wanted.Copy wanted, Mark now) {
        boolean tier = wanted.kind() == Plan.Kind.TIER;
        String input = tier ? "input.copiedPlan" : "input.copiedAddOn";
        Plan plan = tier ? known.requirePlan(input + ".of", wanted.of()) : known.requireAddOn(input + ".of", wanted.of());
        PlanVersion base = known.versionsOf(plan).stream().filter(version -> wanted.version() == null || version.number() == wanted.version())
                .reduce((_, later) -> later).orElseThrow(() -> HeadroomException.notFound(input + ".version", plan.name() + " has no version " + wanted.version()));
        String key = Check.key(input + ".key", wanted.key());
        return draft(new Subject(plan.product(), new PlanId(Ids.next()), key, plan.kind(), null, null), begun(base.sheet()).withKey(key), now);
    }

    private static Draft own(CatalogSnapshot known, Wanted.Own wanted, Mark now) {
        Plan instead = switch (wanted.kind()) {
            case TIER -> known.requirePlan("input.ownPlan.insteadOf", wanted.insteadOf()).requireForAll("input.ownPlan.insteadOf");
            case ADD_ON -> known.requireAddOn("input.ownAddOn.insteadOf", wanted.insteadOf()).requireForAll("input.ownAddOn.insteadOf");
        };
        String key = Check.key((wanted.kind() == Plan.Kind.TIER ? "input.ownPlan" : "input.ownAddOn") + ".key", wanted.key());
        PlanVersion base = known.versionsOf(instead).getLast();
        PlanSheet sheet = begun(base.sheet()).withKey(key).withVisibility(Visibility.PUBLIC);
        return draft(new Subject(instead.product(), new PlanId(Ids.next()), key, instead.kind(), base.id(), wanted.account()), sheet, now);
    }

    /** Prices get ids of their own: those of the base stay with what was sold. */
    private static PlanSheet begun(PlanSheet base) {
        return new PlanSheet(
                base.key(), base.name(), base.description(), base.rank(), base.visibility(),
                base.prices().stream().map(line -> line.named(Ids.next().toString())).toList(),
                base.entitlements().stream().sorted(Comparator.comparing(EntitlementLine::id)).toList());
    }

    private static Draft fresh(CatalogSnapshot known, Wanted.New wanted, Mark now) {
        String input = wanted.kind() == Plan.Kind.TIER ? "input.newPlan" : "input.newAddOn";
        Subject subject = new Subject(
                known.requireProduct(input + ".product", wanted.product()).id(), new PlanId(Ids.next()), Check.key(input + ".key", wanted.key()), wanted.kind(), null, null);
        return draft(subject, PlanSheet.blank(wanted.key()), now);
    }

    private static Draft draft(Subject subject, PlanSheet sheet, Mark now) {
        return new Draft(new DraftId(Ids.next()), subject, State.OPEN, 0, sheet, now, now, null, null, null);
    }

    private static Optional<Plan> holder(CatalogSnapshot known, String key) {
        return known.plan(key).or(() -> known.addOn(key));
    }

    /** Puts a draft aside, from where it can be taken up again; twice changes nothing. */
    @Transactional
    public DiscardDraftResult discard(Actor actor, DraftId id) {
        actor.requireEveryAccount(Permission.CATALOG);
        Draft draft = drafts.locked(id).orElseThrow(Drafts::unknown);
        if (draft.plannedAt() != null) {
            return new DraftIsPlanned(draft);
        }
        return switch (draft.state()) {
            case OPEN -> new DraftDiscarded(turned(actor, "discardDraft", draft, draft.discarded(new Mark(actor.name(), clock.instant()))));
            case DISCARDED -> new DraftDiscarded(draft);
            case PUBLISHED -> new DraftNotOpen(draft);
        };
    }

    /** Takes a discarded draft up again as it was, unless another one was opened meanwhile; twice changes nothing. */
    @Transactional
    public RestoreDraftResult restore(Actor actor, DraftId id) {
        actor.requireEveryAccount(Permission.CATALOG);
        drafts.alone(require(id).subject().key());
        Draft draft = drafts.locked(id).orElseThrow(Drafts::unknown);
        Optional<Draft> other = drafts.open(draft.subject().key()).filter(open -> !open.id().equals(id));
        if (other.isPresent() && draft.state() == State.DISCARDED) {
            return new DraftAlreadyOpen(other.get());
        }
        return switch (draft.state()) {
            case OPEN -> new DraftRestored(draft);
            case DISCARDED -> new DraftRestored(turned(actor, "restoreDraft", draft, draft.restored()));
            case PUBLISHED -> new DraftNotOpen(draft);
        };
    }

    private Draft turned(Actor actor, String operation, Draft before, Draft after) {
        drafts.update(after);
        audit.changed(actor, operation, after.subject().account(), after.audited(), before, after, null);
        return after;
    }

    public Draft byId(Actor actor, DraftId id) {
        actor.requireEveryAccount(Permission.CATALOG);
        return require(id);
    }

    /**
     * The newest first.
     *
     * @param state  absent for every one
     * @param before the last one of the page before
     */
    public List<Draft> page(Actor actor, @Nullable State state, @Nullable UUID before, int most) {
        actor.requireEveryAccount(Permission.CATALOG);
        return drafts.page(state, before, most);
    }

    /** The open drafts of those plans and add-ons that have one. */
    public Map<PlanId, Draft> openOf(Actor actor, Collection<PlanId> plans) {
        actor.requireEveryAccount(Permission.CATALOG);
        return drafts.open(plans);
    }

    /** Every one that is open: at most one of each plan and add-on that is sold, or is to be. */
    public List<Draft> everyOpen(Actor actor) {
        actor.requireEveryAccount(Permission.CATALOG);
        return drafts.open();
    }

    /** How many are open that nobody has changed since, and that have no date; no more are counted than are asked for. */
    public int untouched(Actor actor, Instant since, int most) {
        actor.requireEveryAccount(Permission.CATALOG);
        return drafts.untouched(since, most);
    }

    /** Those that prepare an account's own prices and are open, the newest first. */
    public List<Draft> openFor(Actor actor, AccountId account) {
        actor.requireEveryAccount(Permission.CATALOG);
        return drafts.open(account.value());
    }

    /** Whose own price a draft prepares; empty where it is for every account. */
    public Optional<Account> account(Actor actor, Draft draft) {
        actor.requireEveryAccount(Permission.CATALOG);
        return Optional.ofNullable(draft.subject().account()).map(account -> accounts.byId(SELF, new AccountId(account)));
    }

    /** Who changed what, the newest first. @param before the revision of the last one of the page before */
    public List<DraftStep> history(Actor actor, DraftId id, @Nullable Integer before, int most) {
        actor.requireEveryAccount(Permission.CATALOG);
        return steps.page(id, before, most);
    }

    /** Whoever made or took back an edit of it, by {@link Actor#name()}; for whoever is to say whether somebody else has looked at it. */
    public Set<String> editors(Actor actor, DraftId id) {
        actor.requireEveryAccount(Permission.PUBLISH);
        return steps.editors(id);
    }

    /** Everything that is wrong with a draft now; what blocks its publication and what does not. */
    public List<Finding> findings(Actor actor, Draft draft) {
        actor.requireEveryAccount(Permission.CATALOG);
        return DraftBase.findings(draft, catalog.snapshot());
    }

    /** In what a draft differs from the version that it was begun on, and one that was published from the version before; of something new, from nothing. */
    public VersionDiff diff(Actor actor, Draft draft) {
        actor.requireEveryAccount(Permission.CATALOG);
        return VersionDiff.of(DraftBase.before(draft, catalog.snapshot()), draft.sheet());
    }

    /** What a difference says, a sentence each. */
    public static List<String> sentences(VersionDiff diff, Plan.Kind kind, CatalogSnapshot known, Locale locale) {
        return WordedDiff.of(diff, new DiffWords(known, kind, locale)).sentences();
    }

    /** A draft as it would be put on sale, or what keeps it from being. */
    @Transactional
    public CandidateResult candidate(Actor actor, DraftId id) {
        actor.requireEveryAccount(Permission.CATALOG);
        Draft draft = require(id);
        if (!draft.open()) {
            return new DraftNotOpen(draft);
        }
        List<Finding> blocking = DraftBase.findings(draft, catalog.snapshot()).stream().filter(Finding::blocks).toList();
        if (!blocking.isEmpty()) {
            return new CandidateHasFindings(draft, blocking);
        }
        Subject subject = draft.subject();
        return new Candidate(draft, draft.revision(), catalog.snapshot().prepared(
                new PlanVersionId(id.value()), subject.plan(), subject.product(), subject.kind(), draft.sheet(), DraftBase.own(draft, catalog.snapshot()).orElse(null), clock.instant()));
    }

    /**
     * Ends a draft in the transaction of whoever puts its version on sale.
     *
     * @param revision that was put on sale
     * @return false when it was edited, discarded or published since; then nothing may be put on sale
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean published(Actor actor, DraftId id, int revision, PlanVersionId version) {
        actor.requireEveryAccount(Permission.PUBLISH);
        Draft draft = drafts.locked(id).orElseThrow(Drafts::unknown);
        if (!draft.open() || draft.revision() != revision) {
            return false;
        }
        turned(actor, "publishDraft", draft, draft.published(version, new Mark(actor.name(), clock.instant())));
        return true;
    }

    /**
     * Keeps a draft as it is until its date, in the transaction of whoever decides on that.
     *
     * @param revision that is to go on sale
     * @return false when it was edited, discarded or published since
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean planned(Actor actor, DraftId id, int revision, Instant at) {
        actor.requireEveryAccount(Permission.PUBLISH);
        Draft draft = drafts.locked(id).orElseThrow(Drafts::unknown);
        boolean same = draft.open() && draft.revision() == revision;
        if (same) {
            drafts.update(draft.planned(at));
        }
        return same;
    }

    /** Lets a draft be edited again, in the transaction of whoever takes its date back; one that has none stays as it is. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void released(Actor actor, DraftId id) {
        actor.requireEveryAccount(Permission.PUBLISH);
        drafts.locked(id).filter(Draft::open).ifPresent(draft -> drafts.update(draft.planned(null)));
    }

    private Draft require(DraftId id) {
        return drafts.byId(id).orElseThrow(Drafts::unknown);
    }

    static HeadroomException unknown() {
        return HeadroomException.notFound("draft", "No such draft");
    }
}
