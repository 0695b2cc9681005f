package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats.SeatsOutgrown;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Gathers seats that are asked for one after another, so that they make one invoice. */
@Service
public class SeatGatherings {

    private static final Logger LOG = LoggerFactory.getLogger(SeatGatherings.class);

    private final GatheringRepository gatherings;
    private final SeatSettlements settlements;
    private final AuditEntries audit;
    private final SeatProperties properties;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    SeatGatherings(
            GatheringRepository gatherings, SeatSettlements settlements, AuditEntries audit, SeatProperties properties, TransactionTemplate transaction,
            InstantSource clock) {
        this.gatherings = gatherings;
        this.settlements = settlements;
        this.audit = audit;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Seats that were asked for and are bought together once nobody has asked for others for a while.
     *
     * @param seats     of the plan, in all
     * @param promised  the most that may be charged for them; absent where the cap of an expansion was agreed to
     * @param actor     the name of who asked last
     * @param settlesAt when they are bought, unless somebody asks again before
     */
    public record SeatGathering(
            AccountId account, SubscriptionId subscription, UUID id, long seats, @Nullable Money promised, String actor, Instant askedAt, Instant settlesAt) {

        SeatGathering at(Instant settles) {
            return new SeatGathering(account, subscription, id, seats, promised, actor, askedAt, settles);
        }
    }

    /** What came of asking for seats to be gathered. */
    public sealed interface GatherSeatsResult {}

    /** They are bought when nobody has asked for others for a while. */
    public record SeatsGathering(SeatGathering gathering) implements GatherSeatsResult {}

    /** They could not be bought as things stand; where they are there already, what was gathered is taken back. */
    public record SeatsNotGathered(QuoteResult why) implements GatherSeatsResult {}

    /** What came of not waiting any longer. */
    public sealed interface SettleSeatsResult {}

    /** It was tried, and this is what came of it; unless it has ended, it is tried again. */
    public record SeatsSettled(ChangePlanResult outcome) implements SettleSeatsResult {}

    /** Nothing can be bought for now; it is tried again. */
    public record SeatsPostponed(SeatGathering gathering, QuoteResult why) implements SettleSeatsResult {}

    /** They cannot be bought as things stand, or would cost more than was promised, and are given up. */
    public record SeatsGivenUp(QuoteResult why) implements SettleSeatsResult {}

    /** There is nothing to settle, or somebody else is doing it. */
    public record NothingGathered(AccountSubscription subscription) implements SettleSeatsResult {}

    /** Asks for seats of the plan, in all; later asks replace earlier ones, and begin the quiet time anew. */
    public GatherSeatsResult gather(Actor actor, AccountSubscription subscription, long seats) {
        actor.require(Permission.CHANGE, subscription.account().value());
        QuoteResult quoted = settlements.quote(actor, subscription, seats);
        if (quoted instanceof Quote quote) {
            return new SeatsGathering(put(actor, subscription, seats, quote.dueNow()));
        }
        if (settlements.unsettled(quoted) instanceof SeatSettlements.Settled.There) {
            of(subscription).ifPresent(gathering -> end(actor, gathering, "taken back"));
        }
        return new SeatsNotGathered(quoted);
    }

    private SeatGathering put(Actor actor, AccountSubscription subscription, long seats, @Nullable Money promised) {
        SeatGathering gathering = gathering(subscription, seats, promised, actor.name());
        transaction.executeWithoutResult(_ -> {
            gatherings.put(gathering, subscription.balance().currency());
            audit.created(actor, "gatherSeats", subscription.account().value(), "subscription", subscription.id(), gathering);
        });
        return gathering;
    }

    private SeatGathering gathering(AccountSubscription subscription, long seats, @Nullable Money promised, String actor) {
        Instant now = clock.instant();
        return new SeatGathering(subscription.account(), subscription.id(), Ids.next(), seats, promised, actor, now, now.plus(properties.quiet()));
    }

    /** Seats that were assigned beyond those that were bought, in the transaction that assigned the last one: the subscription is locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    void outgrown(SeatsOutgrown event) {
        AccountSubscription subscription = event.subscription();
        long wanted = subscription.planItem().quantity() + event.beyond();
        long seats = Math.max(wanted, of(subscription).map(SeatGathering::seats).orElse(0L));
        Currency currency = subscription.balance().currency();
        gatherings.put(gathering(subscription, seats, null, event.actor()), currency);
    }

    private Optional<SeatGathering> of(AccountSubscription subscription) {
        return gatherings.of(subscription.account(), subscription.id());
    }

    /** What is gathered for some subscriptions; one statement. */
    public Map<AccountSubscription, SeatGathering> of(Actor actor, List<AccountSubscription> of) {
        of.forEach(subscription -> actor.require(Permission.READ, subscription.account().value()));
        Map<Object, SeatGathering> known = gatherings.of(of.stream().map(AccountSubscription::account).distinct().toList()).stream()
                .collect(Collectors.toMap(SeatGathering::subscription, Function.identity()));
        return of.stream().filter(each -> known.containsKey(each.id())).collect(Collectors.toMap(Function.identity(), each -> known.get(each.id())));
    }

    /** Buys what is gathered at once. */
    public SettleSeatsResult settle(Actor actor, AccountSubscription subscription) {
        actor.require(Permission.CHANGE, subscription.account().value());
        return of(subscription).filter(gathering -> gatherings.take(gathering, clock.instant(), settlements.leaseEnd())).map(this::settled).orElseGet(() -> new NothingGathered(subscription));
    }

    /** Buys what nobody has asked anything else of for the quiet time; one that cannot be finished keeps none of the others from it. Returns how many. */
    int sweep() {
        int swept = 0;
        Instant now = clock.instant();
        for (Optional<SeatGathering> next = gatherings.takeDue(now, settlements.leaseEnd());
                next.isPresent();
                next = gatherings.takeDue(now, settlements.leaseEnd())) {
            try {
                settled(next.get());
            } catch (HeadroomException later) {
                LOG.warn("Gathered seats of subscription {} could not be bought yet: {}", next.get().subscription(), later.getMessage());
            }
            swept++;
        }
        return swept;
    }

    private SettleSeatsResult settled(SeatGathering gathering) {
        return switch (settlements.settle(gathering)) {
            case SeatSettlements.Settled.Over(ChangePlanResult outcome) -> {
                gatherings.end(gathering);
                yield new SeatsSettled(outcome);
            }
            case SeatSettlements.Settled.There(QuoteResult _) -> {
                gatherings.end(gathering);
                yield new NothingGathered(settlements.subscription(gathering));
            }
            case SeatSettlements.Settled.Later(ChangePlanResult outcome, Instant at) -> {
                gatherings.postpone(gathering, at);
                yield new SeatsSettled(outcome);
            }
            case SeatSettlements.Settled.Obstructed(QuoteResult why, Instant until) -> {
                gatherings.postpone(gathering, until);
                yield new SeatsPostponed(gathering.at(until), why);
            }
            case SeatSettlements.Settled.Never(QuoteResult why) -> {
                end(SeatSettlements.SELF, gathering, why.getClass().getSimpleName());
                yield new SeatsGivenUp(why);
            }
        };
    }

    private void end(Actor actor, SeatGathering gathering, String why) {
        transaction.executeWithoutResult(_ -> {
            if (gatherings.end(gathering)) {
                audit.changed(actor, "giveUpGatheredSeats", gathering.account().value(), "subscription", gathering.subscription(), gathering, null, why);
            }
        });
    }
}
