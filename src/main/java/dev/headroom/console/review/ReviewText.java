package dev.headroom.console.review;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.console.review.Review.Proposal;
import dev.headroom.console.usage.LimitDateText;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.reading.ProjectionResult;
import dev.headroom.reading.ProjectionResult.LimitDate;
import dev.headroom.reading.ProjectionResult.NotEnoughData;
import dev.headroom.reading.ProjectionResult.Projection;
import java.util.ArrayList;
import java.util.List;

/** What there is to say, in a few sentences; each follows from a figure on the page. */
final class ReviewText {

    private static final long NEAR = 80;

    private ReviewText() {}

    static List<String> of(Review review) {
        List<String> said = new ArrayList<>();
        String name = review.account().name();
        said.add(review.subscriptions().isEmpty()
                ? translate("review.has.nothing", name)
                : translate("review.has", name, review.subscriptions().size(), Figures.money(review.monthly())));
        if (!review.use().isZero()) {
            said.add(translate("review.use", Figures.money(review.use())));
        }
        review.nearest().ifPresent(each -> said.add(translate(
                Review.percent(each) >= NEAR ? "review.near" : "review.far", each.feature().name(), Figures.percent(Review.percent(each)))));
        said.add(translate("review.white", review.products().size(), review.lacking().size()));
        review.recommended().ifPresent(each -> said.add(translate("review.recommended", name(each), more(each))));
        return said;
    }

    static String name(Proposal of) {
        return translate("review.proposal", of.quote().target().version().plan().name(), Words.of(of.quote().target().interval()));
    }

    /** What it brings more a month. */
    static String more(Proposal of) {
        return Figures.signed(of.shown().after().mrr().minus(of.shown().before().mrr()));
    }

    /** When the limit is reached, or why nobody can say; nothing where there is no limit. */
    static String heading(Entitlement of, Review review) {
        ProjectionResult projection = review.projections().get(of.feature().id());
        return switch (projection) {
            case null -> "";
            case NotEnoughData missing -> LimitDateText.missing(missing);
            case Projection found -> {
                LimitDate date = found.reachesLimitAt() == null ? found.reachesSoftLimitAt() : found.reachesLimitAt();
                yield date == null ? "" : LimitDateText.brief(date, review.account().zone());
            }
        };
    }
}
