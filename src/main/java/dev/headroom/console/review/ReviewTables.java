package dev.headroom.console.review;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.console.catalog.PriceText;
import dev.headroom.console.change.CaseText;
import dev.headroom.console.change.TermsText;
import dev.headroom.console.review.Review.Proposal;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.revenue.RevenueMovement;
import dev.headroom.storefront.PricingTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The tables of a review; where there is nothing to tell, that is said. */
final class ReviewTables {

    /** So many rows of each that all of it stays on one printed page. */
    private static final int MOST_BOUGHT = 4;
    private static final int MOST_MOVED = 6;
    private static final int MOST_USED = 6;
    private static final int MOST_PROPOSED = 4;
    private static final int MOST_LACKING = 6;
    /** What of movements is counted, shown or left out; nobody has so many changes that are talked about. */
    static final int COUNTED_MOVEMENTS = 100;

    private final Review review;

    ReviewTables(Review review) {
        this.review = review;
    }

    Component bought() {
        if (review.subscriptions().isEmpty()) {
            return new Paragraph(translate("subscription.none.why"));
        }
        DataTable table = new DataTable(
                translate("account.subscriptions"), translate("review.product"), translate("review.terms"), translate("review.until"), translate("account.mrr"));
        review.subscriptions().stream().limit(MOST_BOUGHT).forEach(each -> table.row(
                review.catalog().product(each.product()).name(), TermsText.of(each.terms(), review.catalog()), When.dayText(each.period().until(), review.account().zone()),
                Figures.money(review.paid().of(each.id()).monthly(each.balance().currency()))));
        return more(table.figuresFrom(4), review.subscriptions().size() - MOST_BOUGHT);
    }

    /** How many rows are left out is said below the others. */
    private static Component more(DataTable table, int left) {
        if (left <= 0) {
            return table;
        }
        Paragraph more = new Paragraph(translate("review.left", left));
        more.addClassName("quiet");
        return new Div(table, more);
    }

    static Component history(List<RevenueMovement> movements) {
        if (movements.isEmpty()) {
            return new Paragraph(translate("review.history.none"));
        }
        DataTable table = new DataTable(
                translate("review.history"), translate("revenue.month"), translate("overview.movement"), translate("revenue.amount"), translate("revenue.after"));
        movements.stream().limit(MOST_MOVED).forEach(each -> table.row(When.monthText(each.month()), Words.of(each.kind()), Figures.signed(each.amount()), Figures.money(each.closing())));
        return more(table.figuresFrom(3), movements.size() - MOST_MOVED);
    }

    Component usage() {
        if (review.counted().isEmpty()) {
            return new Paragraph(translate("review.usage.none"));
        }
        DataTable table = new DataTable(
                translate("account.usage"), translate("review.feature"), translate("review.used"), translate("review.included"), translate("review.percent"), translate("review.reached"));
        for (Entitlement each : review.counted().stream().limit(MOST_USED).toList()) {
            table.row(
                    each.feature().name(), Figures.number(each.used()), Figures.limit(each.limit()), each.percent() == null ? "" : Figures.percent(each.percent()),
                    ReviewText.heading(each, review));
        }
        return more(table, review.counted().size() - MOST_USED);
    }

    Component proposals() {
        if (review.proposals().isEmpty()) {
            return new Paragraph(translate("review.proposals.none"));
        }
        DataTable table = new DataTable(
                translate("review.proposals"), translate("review.change"), translate("quote.recurring"), translate("review.more"), translate("quote.due"), translate("review.worth"));
        review.proposals().stream().limit(MOST_PROPOSED).forEach(each -> table.row(
                new Span(ReviewText.name(each)), new Text(translate("quote.recurring.each", Figures.money(each.shown().after().total()), Words.of(each.quote().target().interval()))),
                new Text(ReviewText.more(each)), new Text(Figures.money(each.quote().dueNow())), worth(each)));
        return new Div(more(table, review.proposals().size() - MOST_PROPOSED), new Paragraph(translate("review.proposals.until", When.minuteText(until(), review.account().zone()))));
    }

    /** When the first of them is no promise any more. */
    private Instant until() {
        return review.proposals().stream().map(each -> each.quote().expiresAt()).min(Comparator.naturalOrder()).orElseThrow();
    }

    private Component worth(Proposal of) {
        Div worth = new Div();
        worth.addClassName("stacked");
        if (of.worth() == null) {
            worth.add(new Span(translate("review.worth.none")));
        } else {
            CaseText.of(of.worth(), review.account().zone()).forEach(line -> worth.add(new Span(line)));
        }
        return worth;
    }

    /** Products that it has nothing of, then features of what it has. */
    Component space() {
        if (review.products().isEmpty() && review.lacking().isEmpty()) {
            return new Paragraph(translate("review.space.none"));
        }
        DataTable table = new DataTable(translate("review.space"), translate("review.lacks"), translate("review.with"), translate("review.price"));
        List<String[]> rows = Stream.concat(
                review.products().stream().map(each -> new String[] {each.product().name(), each.plans().getFirst().plan().name(), price(each.plans().getFirst())}),
                review.lacking().stream().map(each -> new String[] {each.feature().name(), each.in().plan().name(), price(each.in())})).toList();
        rows.stream().limit(MOST_LACKING).forEach(table::row);
        return more(table, rows.size() - MOST_LACKING);
    }

    private String price(PricingTable.Listed of) {
        return PriceText.of(of.version(), review.account().currency());
    }
}
