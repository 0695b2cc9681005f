package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.shown.ShownQuote.Bundled;
import dev.headroom.time.Interval;

/** What a change does to a bundle, in words. */
final class BundleText {

    private BundleText() {}

    static Notice notice(Bundled change, Interval interval) {
        String each = translate("quote.recurring.each", Figures.money(change.amount()), Words.of(interval));
        String percent = Figures.percent(change.percent());
        return switch (change.effect()) {
            case FORMED -> new Notice(
                    Notice.Kind.SUCCESS, translate("quote.bundle.formed", change.name()), translate("quote.bundle.formed.why", percent, each));
            case BROKEN -> new Notice(
                    Notice.Kind.INFO, translate("quote.bundle.broken", change.name()), translate("quote.bundle.broken.why", percent, each));
            case KEPT -> new Notice(
                    Notice.Kind.INFO, translate("quote.bundle.kept", change.name()), translate("quote.bundle.kept.why", percent, each));
        };
    }
}
