package dev.headroom.reach;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.csv.CsvLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The lines of a reach as a file, whose sums are its totals: of those that count as revenue. */
@Service
public class ReachLines {

    private static final int NAMED_AT_ONCE = 2_000;
    private static final Object[] COLUMNS = {
        "account", "name", "how", "product", "subscription", "plan", "version", "standing", "counts_as_revenue", "currency", "mrr_before_minor",
        "mrr_after_minor", "mrr_difference_minor", "mrr_before", "mrr_after"};

    private final Accounts accounts;
    private final Catalog catalog;

    ReachLines(Accounts accounts, Catalog catalog) {
        this.accounts = accounts;
        this.catalog = catalog;
    }

    /** Every line of it, with a heading. */
    public void write(Actor actor, Reach reach, Consumer<String> out) {
        actor.requireEveryAccount(Permission.CATALOG);
        CatalogSnapshot known = catalog.snapshot();
        out.accept(CsvLine.of(COLUMNS));
        for (int from = 0; from < reach.lines().size(); from += NAMED_AT_ONCE) {
            List<ReachLine> page = reach.lines().subList(from, Math.min(from + NAMED_AT_ONCE, reach.lines().size()));
            Map<AccountId, Account> owners = accounts.byIds(actor, page.stream().map(ReachLine::account).distinct().toList());
            page.forEach(line -> out.accept(line(line, Optional.ofNullable(owners.get(line.account())), version(line.has(), known), known)));
        }
    }

    private static @Nullable PlanVersion version(@Nullable PlanVersionId has, CatalogSnapshot known) {
        return has == null ? null : known.version(has);
    }

    private static String line(ReachLine line, Optional<Account> owner, @Nullable PlanVersion version, CatalogSnapshot known) {
        return CsvLine.of(
                owner.map(Account::key).orElse(null), owner.map(Account::name).orElse(null), line.how(), known.product(line.product()).key(), line.subscription(),
                version == null ? null : version.plan().key(), version == null ? null : version.number(), line.standing(), line.revenue(),
                line.mrrBefore().currency(), line.mrrBefore().minor(), line.mrrAfter().minor(), line.difference().minor(), line.mrrBefore().major(),
                line.mrrAfter().major());
    }
}
