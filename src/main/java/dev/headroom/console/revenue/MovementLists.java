package dev.headroom.console.revenue;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.Csv;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.reporting.RateSet;
import dev.headroom.reporting.ReportedRevenues;
import dev.headroom.reporting.ReportedRevenues.Together;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementPages;
import dev.headroom.revenue.MovementPages.Mark;
import dev.headroom.revenue.MovementPages.Total;
import dev.headroom.revenue.RevenueMovement;
import dev.headroom.revenue.Segments.Slice;
import dev.headroom.revenue.SettingsVersions;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Movements of revenue as a list is made of them: whose they are and of what, page by page, as a file, and what they come to. */
@org.springframework.stereotype.Component
public class MovementLists {

    /** The name in addresses of an account's tab of them. */
    public static final String TAB = "revenue";

    private final MovementPages pages;
    private final Accounts accounts;
    private final Catalog catalog;
    private final SettingsVersions settings;
    private final ReportedRevenues reported;

    MovementLists(MovementPages pages, Accounts accounts, Catalog catalog, SettingsVersions settings, ReportedRevenues reported) {
        this.pages = pages;
        this.accounts = accounts;
        this.catalog = catalog;
        this.settings = settings;
        this.reported = reported;
    }

    /** A movement with the names of what it tells of. */
    record Named(RevenueMovement movement, Optional<Account> account, Optional<String> before, String after) {}

    /** All that moved an account's revenue, newest first; for whoever may see REVENUE. */
    public Component of(SignedIn signedIn, Account account) {
        Actor reader = signedIn.actor();
        MovementFilter filter = new MovementFilter(null, null, null, Set.of(), account.id().value(), null, null, null);
        MovementGrid grid = new MovementGrid(zone(reader));
        grid.setAllRowsVisible(true);
        grid.show((last, size) -> after(signedIn.actor(), filter, last, size));
        Anchor all = new Anchor(MovementAddress.of(filter), translate("revenue.movements.all"));
        Anchor file = file(reader, "revenue-" + account.key(), () -> Optional.of(filter));
        Div links = new Div(all, file);
        links.addClassName("toolbar");
        return new Section(translate("revenue.movements"), new Paragraph(translate("revenue.movements.what")), links, grid);
    }

    ZoneId zone(Actor actor) {
        return settings.current(actor).zone();
    }

    List<Named> after(Actor actor, MovementFilter filter, @Nullable Named last, int size) {
        List<RevenueMovement> found = pages.page(actor, filter, last == null ? null : Mark.of(last.movement()), size);
        Map<AccountId, Account> owners = accounts.byIds(actor, found.stream().map(RevenueMovement::account).distinct().toList());
        CatalogSnapshot known = catalog.snapshot();
        return found.stream()
                .map(each -> new Named(
                        each, Optional.ofNullable(owners.get(each.account())), Optional.ofNullable(each.planBefore()).map(version -> known.version(version).plan().name()),
                        known.version(each.planAfter()).plan().name()))
                .toList();
    }

    /** Whether the product or the plan that it is narrowed to is there. */
    boolean isOfWhatThereIs(MovementFilter filter) {
        Slice slice = filter.slice();
        CatalogSnapshot known = catalog.snapshot();
        return slice == null || switch (slice.by()) {
            case PRODUCT -> known.products().stream().anyMatch(product -> product.key().equals(slice.key()));
            case PLAN -> Stream.concat(known.plans().stream(), known.addOns().stream()).anyMatch(plan -> plan.key().equals(slice.key()));
            case COUNTRY, SIZE, COHORT -> true;
        };
    }

    Total total(Actor actor, MovementFilter filter) {
        return pages.total(actor, filter);
    }

    /** All currencies in one. */
    Together together(Actor actor, RateSet rates, MovementFilter filter) {
        return reported.together(actor, rates, filter);
    }

    /** @param filter asked for when it is downloaded; nothing where it is absent */
    Anchor file(Actor reader, String name, Supplier<Optional<MovementFilter>> filter) {
        return Csv.lines(translate("csv.download"), name, out -> filter.get().ifPresent(wanted -> pages.write(reader, wanted, out)));
    }

    Optional<Account> account(Actor actor, UUID id) {
        return Optional.ofNullable(accounts.byIds(actor, List.of(new AccountId(id))).get(new AccountId(id)));
    }
}
