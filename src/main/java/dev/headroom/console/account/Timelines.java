package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntry;
import dev.headroom.catalog.Catalog;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChanges;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.subscription.RecordedMovement;
import dev.headroom.subscription.Subscriptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What happened to an account, from everywhere it is written down, as sentences in one order. */
@Component
class Timelines {

    /** Told better by the movement or the plan change that they stand for. */
    private static final Set<String> TOLD_ELSEWHERE = Set.of("recordSubscription", "changePlan");
    /** Told with the change itself where it waited for the end of the period. */
    private static final String TAKE_BACK = "cancelPlanChange";
    private static final Set<String> KNOWN = Set.of(
            "createAccount", "addMember", "assignSeat", "releaseSeat", "addPaymentMethod", "startSubscription", TAKE_BACK, "grantFeature", "revokeGrant",
            "recordMemberActivity", "eraseMember", "payInvoice", "preferPaymentMethod", "removePaymentMethod", "completePaymentMethodSetup", "readPaymentMethods",
            "requestApproval", "withdrawApproval", "decideApproval", "negotiateOffer", "gatherSeats", "giveUpGatheredSeats", "setSeatExpansion",
            "openBackfill", "applyBackfill", "discardBackfill", "reverseBackfill", "unlinkCustomer");

    private final AuditEntries audit;
    private final Subscriptions subscriptions;
    private final PlanChanges changes;
    private final Catalog catalog;

    Timelines(AuditEntries audit, Subscriptions subscriptions, PlanChanges changes, Catalog catalog) {
        this.audit = audit;
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.catalog = catalog;
    }

    /** What happens in numbers, and would bury the rest. */
    enum Bulk {
        MEMBERS,
        SEATS,
        SEATS_BACK
    }

    /**
     * @param actor {@link Actor#name()} of whoever did it
     * @param subject what it was done to: the id of a member or a card, or Stripe's of the invoice that bills it
     * @param bulk  what many of a kind are called; absent for what is told one by one
     * @param change the plan change that it is told of; absent for anything else
     */
    record Happening(Instant at, String what, String actor, String subject, @Nullable Bulk bulk, @Nullable UUID change) {

        Happening(Instant at, String what, String actor, String subject, @Nullable Bulk bulk) {
            this(at, what, actor, subject, bulk, null);
        }
    }

    /** Newest first; within a second, which is how finely time is cut where money moves, what followed from what stands above it. */
    List<Happening> ofAccount(Actor actor, Account account, int most) {
        List<AuditEntry> entries = audit.ofAccount(actor, account.id().value(), most);
        Map<String, String> takers = entries.stream()
                .filter(entry -> entry.operation().equals(TAKE_BACK))
                .collect(Collectors.toMap(AuditEntry::subjectId, AuditEntry::actor, (first, _) -> first));
        PlanChangeStory story = new PlanChangeStory(catalog.snapshot(), account.zone(), takers);
        List<PlanChange> history = changes.history(actor, account.id(), most);
        Set<String> waited = history.stream().filter(change -> change.effectiveAt() != null).map(change -> change.id().toString()).collect(Collectors.toSet());
        Stream<Happening> acts = entries.stream()
                .filter(entry -> !TOLD_ELSEWHERE.contains(entry.operation()) && !(entry.operation().equals(TAKE_BACK) && waited.contains(entry.subjectId())))
                .map(Timelines::act);
        Stream<Happening> moved = subscriptions.movements(actor, account.id(), most).stream().map(Timelines::movement);
        return Stream.of(history.stream().flatMap(story::of), moved, acts)
                .flatMap(each -> each)
                .sorted(Comparator.comparing((Happening each) -> each.at().truncatedTo(ChronoUnit.SECONDS)).reversed())
                .limit(most)
                .toList();
    }

    private static Happening act(AuditEntry entry) {
        String sentence = KNOWN.contains(entry.operation())
                ? translate("timeline." + entry.operation())
                : translate("timeline.other", entry.operation());
        return new Happening(entry.at(), sentence, entry.actor(), entry.subjectId(), bulk(entry.operation()));
    }

    private static @Nullable Bulk bulk(String operation) {
        return switch (operation) {
            case "addMember" -> Bulk.MEMBERS;
            case "assignSeat" -> Bulk.SEATS;
            case "releaseSeat" -> Bulk.SEATS_BACK;
            case String other -> null;
        };
    }

    private static Happening movement(RecordedMovement movement) {
        String sentence = translate(
                "timeline.movement", Words.of(movement.growth()), Figures.money(movement.mrrBefore()), Figures.money(movement.mrrAfter()));
        return new Happening(movement.at(), sentence, movement.actor(), "", null);
    }
}
