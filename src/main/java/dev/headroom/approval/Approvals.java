package dev.headroom.approval;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.Quote;
import dev.headroom.quote.Target;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whether a change needs approval and has it, and which change has used what was agreed: one, unless that ends without effect. */
@Service
public class Approvals {

    private final ApprovalRepository requests;
    private final ApprovalReasons all;
    private final InstantSource clock;

    Approvals(ApprovalRepository requests, ApprovalReasons all, InstantSource clock) {
        this.requests = requests;
        this.all = all;
        this.clock = clock;
    }

    /**
     * What a change needs before it can be accepted.
     *
     * @param required whether somebody still has to agree
     * @param reasons  why approval is needed, also where it was given; empty where it is not
     * @param request  what was asked for or agreed about exactly this change, while it is open
     */
    public record Need(boolean required, List<ApprovalReason> reasons, @Nullable ApprovalRequest request) {

        /** What the change would use up; empty where nobody needs to agree. */
        public Optional<UUID> agreement() {
            return Optional.ofNullable(request).filter(found -> !required && !reasons.isEmpty()).map(ApprovalRequest::id);
        }
    }

    public Need of(Actor actor, Quote quote) {
        actor.require(Permission.QUOTE, quote.account().value());
        return of(quote.subscription(), quote.when(), quote.target(), quote.quotation());
    }

    /** For whoever may accept it. */
    public Need of(AccountSubscription subscription, When when, Target target, Quotation quotation) {
        List<ApprovalReason> reasons = all.of(subscription, when, target, quotation);
        return reasons.isEmpty() ? new Need(false, reasons, null) : need(reasons, new Wanted(when, target, quotation.now().at()), requests.open(subscription.account(), subscription.id(), clock.instant()));
    }

    /** Of many quotes, by their ids; two statements at most, however many there are. */
    Map<UUID, Need> of(Actor actor, Collection<Quote> quotes) {
        quotes.forEach(quote -> actor.require(Permission.QUOTE, quote.account().value()));
        Map<UUID, List<ApprovalReason>> reasons = all.of(quotes);
        List<AccountSubscription> bound = quotes.stream().filter(quote -> reasons.containsKey(quote.id())).map(Quote::subscription).distinct().toList();
        Map<SubscriptionId, List<ApprovalRequest>> open = bound.isEmpty() ? Map.of() : requests.open(bound, clock.instant());
        return quotes.stream().collect(toMap(Quote::id, quote -> reasons.containsKey(quote.id())
                ? need(reasons.get(quote.id()), new Wanted(quote.when(), quote.target(), quote.quotation().now().at()), open.getOrDefault(quote.subscription().id(), List.of()))
                : new Need(false, List.of(), null)));
    }

    /** @param priced the second for which it is priced */
    private record Wanted(When when, Target target, Instant priced) {

        boolean coveredBy(Deal deal) {
            return deal.covers(when, target, priced);
        }
    }

    private static Need need(List<ApprovalReason> reasons, Wanted wanted, List<ApprovalRequest> open) {
        Optional<ApprovalRequest> agreed = open.stream().filter(request -> request.agreed().filter(wanted::coveredBy).isPresent()).findFirst();
        Optional<ApprovalRequest> asked = open.stream()
                .filter(request -> request.decision() == null && request.asked().discount() == null && wanted.coveredBy(request.asked()))
                .findFirst();
        return new Need(agreed.isEmpty(), reasons, agreed.or(() -> asked).orElse(null));
    }

    /** Why somebody of the vendor has to start a subscription on these terms; empty where whoever wants it may. */
    public List<ApprovalReason> ofStart(PlanVersion version, PlanPrice price, long quantity, List<Offer> offers) {
        return all.ofStart(version, price, quantity, offers, clock.instant());
    }

    /** In the transaction that begins a change: lets it use what was agreed; false when that is not to be had any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean accept(AccountId account, UUID request, UUID change) {
        return requests.accept(account, request, change, clock.instant());
    }

    /** In the transaction that ends a change without effect: what it used can be accepted again while there is time; does nothing a second time. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void giveBack(AccountId account, UUID change) {
        requests.giveBack(account, change);
    }
}
