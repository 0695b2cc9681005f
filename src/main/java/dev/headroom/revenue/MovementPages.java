package dev.headroom.revenue;

import static org.jooq.impl.DSL.noCondition;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.csv.CsvLine;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.revenue.Segments.Slice;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Movements as they are looked at: page by page, or all that a filter names as a file. For whoever may see REVENUE. */
@Service
public class MovementPages {

    private static final int READ_AT_ONCE = 2_000;
    private static final Object[] COLUMNS = {
        "id", "account", "name", "number", "month", "effective_at", "recorded_at", "kind", "currency", "opening_minor", "amount_minor", "closing_minor", "amount",
        "product", "plan_before", "plan_after", "cohort", "paying_since", "cause", "use_minor"};

    private final MovementPageRepository movements;
    private final Accounts accounts;
    private final Catalog catalog;

    MovementPages(MovementPageRepository movements, Accounts accounts, Catalog catalog) {
        this.movements = movements;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    /** A place in the order of movements. */
    public record Mark(YearMonth month, Instant at, UUID id) {

        public static Mark of(RevenueMovement movement) {
            return new Mark(movement.month(), movement.effectiveAt(), movement.id());
        }

        public String text() {
            return month + "_" + at + "_" + id;
        }

        /** @throws HeadroomException INVALID_INPUT for what no page ended with */
        public static Mark parse(String text) {
            String[] parts = text.split("_", -1);
            try {
                return new Mark(YearMonth.parse(parts[0]), Instant.parse(parts[1]), Ids.parse(parts[2]).orElseThrow());
            } catch (DateTimeException | ArrayIndexOutOfBoundsException | NoSuchElementException unknown) {
                throw HeadroomException.invalid("after", "Expected the endCursor of the page before");
            }
        }
    }

    /** Newest month first, and of one what took effect last. */
    public List<RevenueMovement> page(Actor actor, MovementFilter filter, @Nullable Mark after, int size) {
        actor.requireEveryAccount(Permission.REVENUE);
        return movements.page(filter, within(filter.slice()), after, size);
    }

    private Condition within(@Nullable Slice slice) {
        return slice == null ? noCondition() : SegmentRepository.of(slice, ids(slice));
    }

    private List<UUID> ids(Slice slice) {
        CatalogSnapshot known = catalog.snapshot();
        return switch (slice.by()) {
            case PRODUCT -> List.of(known.requireProduct("filter.segment.key", slice.key()).id().value());
            case PLAN -> known.versionsOf(known.requirePlan("filter.segment.key", slice.key())).stream().map(each -> each.id().value()).toList();
            case COUNTRY, SIZE, COHORT -> List.of();
        };
    }

    /**
     * What movements come to together.
     *
     * @param use       what of the amount is use past limits
     * @param movements how many there are
     */
    public record Total(Money amount, Money use, long movements) {}

    /** Of everything that a filter lists. @throws HeadroomException INVALID_INPUT without a currency, because those are never added up */
    public Total total(Actor actor, MovementFilter filter) {
        actor.requireEveryAccount(Permission.REVENUE);
        Currency currency = Optional.ofNullable(filter.currency()).orElseThrow(() -> HeadroomException.invalid("filter.currency", "Expected a currency"));
        return movements.total(filter, within(filter.slice()), currency);
    }

    /** Lines of comma-separated values with a heading; read a few thousand at a time. */
    public void write(Actor actor, MovementFilter filter, Consumer<String> out) {
        List<RevenueMovement> page = page(actor, filter, null, READ_AT_ONCE);
        out.accept(CsvLine.of(COLUMNS));
        lines(actor, page, out);
        while (page.size() == READ_AT_ONCE) {
            page = page(actor, filter, Mark.of(page.getLast()), READ_AT_ONCE);
            lines(actor, page, out);
        }
    }

    private void lines(Actor actor, List<RevenueMovement> page, Consumer<String> out) {
        Map<AccountId, Account> owners = accounts.byIds(actor, page.stream().map(RevenueMovement::account).distinct().toList());
        CatalogSnapshot known = catalog.snapshot();
        page.forEach(each -> out.accept(line(each, Optional.ofNullable(owners.get(each.account())), known)));
    }

    private static String line(RevenueMovement of, Optional<Account> owner, CatalogSnapshot known) {
        return CsvLine.of(
                of.id(), owner.map(Account::key).orElse(null), owner.map(Account::name).orElse(null), of.number(), of.month(), of.effectiveAt(), of.recordedAt(), of.kind(),
                of.amount().currency(), of.opening().minor(), of.amount().minor(), of.closing().minor(), of.amount().major(), known.product(of.product()).key(),
                of.planBefore() == null ? null : known.version(of.planBefore()).plan().key(), known.version(of.planAfter()).plan().key(), of.cohort(), of.since(), of.cause(), of.use().minor());
    }
}
