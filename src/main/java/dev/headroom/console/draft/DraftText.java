package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.draft.Draft;
import java.util.Optional;

/** What a draft is called, and how it stands. */
final class DraftText {

    private DraftText() {}

    /** As it will be named, or else its key. */
    static String name(Draft draft) {
        return Optional.ofNullable(draft.sheet().name()).filter(name -> !name.isBlank()).orElse(draft.subject().key());
    }

    static Optional<PlanVersion> base(Draft draft, CatalogSnapshot known) {
        return Optional.ofNullable(draft.subject().base()).map(known::version);
    }

    /** The number of the version that it became, or that it would have, were it published now. */
    static int number(Draft draft, CatalogSnapshot known) {
        if (draft.published() != null) {
            return known.version(draft.published()).number();
        }
        return draft.plan(known).map(plan -> known.versionsOf(plan).getLast().number()).orElse(0) + 1;
    }

    static Badge state(Draft draft, CatalogSnapshot known) {
        return switch (draft.state()) {
            case OPEN -> new Badge(base(draft, known).map(base -> translate("draft.on", base.number())).orElseGet(() -> translate("draft.new")));
            case DISCARDED -> badge(translate("draft.discarded"), BadgeVariant.CONTRAST);
            case PUBLISHED -> badge(translate("draft.published"), BadgeVariant.SUCCESS);
        };
    }

    private static Badge badge(String text, BadgeVariant variant) {
        Badge badge = new Badge(text);
        badge.addThemeVariants(variant);
        return badge;
    }

    /** Where what it is of is shown; in the list while that is not there yet. */
    static String place(Draft draft, CatalogSnapshot known) {
        String list = switch (draft.subject().kind()) {
            case TIER -> "plans";
            case ADD_ON -> "add-ons";
        };
        return draft.plan(known).map(plan -> list + "/" + plan.key()).orElse(list);
    }
}
