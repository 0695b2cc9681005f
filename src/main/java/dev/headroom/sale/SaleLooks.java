package dev.headroom.sale;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.reach.Reach;
import dev.headroom.reach.Reaches;
import dev.headroom.sale.PublishSaleDraftResult.SaleLookFlaw;
import dev.headroom.sale.SaleLookRepository.Kept;
import dev.headroom.sale.SaleLookRepository.Seen;
import dev.headroom.sale.SaleLookRepository.Sum;
import dev.headroom.sale.SaleReadings.Asked;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows whom a draft concerns, account by account, and remembers that it was shown. */
@Service
public class SaleLooks {

    private static final Duration GOOD_FOR = Duration.ofDays(1);

    private final SaleDraftRepository drafts;
    private final SaleReadings readings;
    private final SaleLookRepository looks;
    private final Reaches reaches;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    SaleLooks(
            SaleDraftRepository drafts, SaleReadings readings, SaleLookRepository looks, Reaches reaches, AuditEntries audit, TransactionTemplate transaction,
            InstantSource clock) {
        this.drafts = drafts;
        this.readings = readings;
        this.looks = looks;
        this.reaches = reaches;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface LookAtSaleDraftResult permits SaleDraftLookedAt, SaleDraftHasFindings, SaleDraftEditedSince, SaleDraftNotOpen {}

    public record SaleDraftLookedAt(SaleLook look) implements LookAtSaleDraftResult {}

    /**
     * Looks at everybody whom a draft concerns, as they are at one moment.
     *
     * @param revision of the draft that was read
     * @throws HeadroomException NOT_FOUND
     */
    public LookAtSaleDraftResult look(Actor actor, UUID id, int revision) {
        actor.requireEveryAccount(Permission.CATALOG);
        SaleDraft draft = drafts.byId(id).orElseThrow(SaleDrafts::unknown);
        if (!draft.open()) {
            return new SaleDraftNotOpen(draft);
        }
        if (draft.revision() != revision) {
            return new SaleDraftEditedSince(draft);
        }
        Asked asked = readings.of(draft);
        return asked.findings().isEmpty() ? looked(actor, draft, asked) : new SaleDraftHasFindings(draft, asked.findings());
    }

    private LookAtSaleDraftResult looked(Actor actor, SaleDraft draft, Asked asked) {
        String sold = readings.fingerprint();
        SaleLook look = new SaleLook(Ids.next(), draft.id(), draft.revision(), clock.instant(), made(actor, draft, asked), ended(actor, draft));
        Seen seen = new Seen(accounts(look), sums(look.made()), sums(look.ended()));
        transaction.executeWithoutResult(_ -> {
            looks.insert(look, sold, seen, actor.name());
            audit.changed(actor, "lookAtSaleDraft", null, "saleDraft", draft.id(), null, seen);
        });
        return new SaleDraftLookedAt(look);
    }

    private @Nullable Reach made(Actor actor, SaleDraft draft, Asked asked) {
        if (asked.offer() != null) {
            return reaches.ofOffer(actor, asked.offer());
        }
        return asked.bundle() == null ? null : reaches.ofBundle(actor, asked.bundle(), draft.ends());
    }

    private @Nullable Reach ended(Actor actor, SaleDraft draft) {
        if (draft.ends() == null) {
            return null;
        }
        return switch (draft.kind()) {
            case OFFER -> reaches.ofOfferEnd(actor, draft.ends());
            case BUNDLE -> reaches.ofBundleEnd(actor, draft.ends());
        };
    }

    private static int accounts(SaleLook look) {
        return (int) Stream.of(Optional.ofNullable(look.made()), Optional.ofNullable(look.ended())).flatMap(Optional::stream)
                .flatMap(reach -> reach.lines().stream()).map(line -> line.account()).distinct().count();
    }

    private static List<Sum> sums(@Nullable Reach reach) {
        return reach == null ? List.of() : reach.totals().stream().map(Sum::of).toList();
    }

    /** What was seen; empty where there was no such look. */
    Optional<Kept> find(@Nullable UUID look) {
        return looks.find(look);
    }

    /** Why a look says nothing of a draft that is to be put live now; empty where it does. */
    Optional<SaleLookFlaw> flaw(SaleDraft draft, Optional<Kept> look) {
        if (look.isEmpty() || !look.get().draft().equals(draft.id())) {
            return Optional.of(SaleLookFlaw.UNKNOWN);
        }
        Kept kept = look.get();
        if (kept.revision() != draft.revision()) {
            return Optional.of(SaleLookFlaw.OTHER_CONTENT);
        }
        if (!Objects.equals(kept.sold(), readings.fingerprint())) {
            return Optional.of(SaleLookFlaw.OTHER_ON_SALE);
        }
        return kept.at().isBefore(clock.instant().minus(GOOD_FOR)) ? Optional.of(SaleLookFlaw.TOO_OLD) : Optional.empty();
    }
}
