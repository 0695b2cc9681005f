package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.quote.BundleChange;
import dev.headroom.quote.Quote;

/** What a change does to a bundle, in words. */
final class BundleText {

    private BundleText() {}

    static Notice notice(BundleChange change, Quote quote) {
        String each = translate("quote.recurring.each", Figures.money(change.amount()), Words.of(quote.target().interval()));
        String percent = Figures.percent(change.bundle().off().percent());
        return switch (change.effect()) {
            case FORMED -> new Notice(
                    Notice.Kind.SUCCESS, translate("quote.bundle.formed", change.bundle().name()), translate("quote.bundle.formed.why", percent, each));
            case BROKEN -> new Notice(
                    Notice.Kind.INFO, translate("quote.bundle.broken", change.bundle().name()), translate("quote.bundle.broken.why", percent, each));
            case KEPT -> new Notice(
                    Notice.Kind.INFO, translate("quote.bundle.kept", change.bundle().name()), translate("quote.bundle.kept.why", percent, each));
        };
    }
}
