package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.change.PlanChange;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.change.Notice;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a change stands, in plain words, and what is the way out of it. */
record PlanChangeStanding(ZoneId zone) {

    Notice of(PlanChange change) {
        return switch (change.state()) {
            case REQUESTED -> said(Notice.Kind.INFO, "planchange.is.requested", translate("planchange.is.requested.why"));
            case ACTION_REQUIRED -> said(Notice.Kind.INFO, "planchange.is.waiting", translate("planchange.is.waiting.why", minute(change.confirmBy())));
            case CANCELING -> said(Notice.Kind.INFO, "planchange.is.canceling", translate("planchange.is.canceling.why"));
            case SCHEDULED -> change.dated()
                    ? said(Notice.Kind.INFO, "planchange.is.dated", translate("planchange.is.dated.why", minute(change.effectiveAt()), Figures.money(change.due())))
                    : said(Notice.Kind.INFO, "planchange.is.scheduled", translate("planchange.is.scheduled.why", minute(change.effectiveAt())));
            case APPLIED -> said(Notice.Kind.SUCCESS, "planchange.is.applied", applied(change));
            case MISMATCHED -> said(Notice.Kind.ERROR, "change.mismatch", translate("change.mismatch.why", Figures.money(change.due())));
            case DECLINED -> said(Notice.Kind.ERROR, "change.declined", translate("planchange.is.declined.why", told(change)));
            case REFUSED -> said(Notice.Kind.ERROR, "planchange.is.refused", translate("planchange.is.refused.why", told(change)));
            case ABANDONED -> abandoned(change);
            case CANCELED -> said(Notice.Kind.INFO, "planchange.is.canceled", translate("planchange.is.canceled.why"));
        };
    }

    private static Notice abandoned(PlanChange change) {
        if (change.dated()) {
            return said(Notice.Kind.ERROR, "planchange.is.abandoned.dated", missed(change));
        }
        return "not_made".equals(change.failureCode())
                ? said(Notice.Kind.ERROR, "planchange.is.abandoned.period", translate("planchange.missed.period"))
                : said(Notice.Kind.INFO, "planchange.is.abandoned", translate("planchange.is.abandoned.why"));
    }

    /** Why it was not made when its date came. */
    private static String missed(PlanChange change) {
        return switch (Objects.requireNonNullElse(change.failureCode(), "")) {
            case "date_missed" -> translate("planchange.missed.late");
            case "subscription_changed" -> translate("planchange.missed.changed");
            case "payment_past_due" -> translate("planchange.missed.unpaid");
            case String other -> translate("planchange.missed.other", Objects.requireNonNullElse(change.failureMessage(), other));
        };
    }

    private String applied(PlanChange change) {
        String at = minute(Objects.requireNonNullElse(change.decidedAt(), change.requestedAt()));
        return change.charged() == null || change.charged().isZero()
                ? translate("planchange.is.applied.free", at)
                : translate("planchange.is.applied.why", at, Figures.money(change.charged()));
    }

    private static String told(PlanChange change) {
        return Objects.requireNonNullElse(change.failureMessage(), Objects.requireNonNullElse(change.failureCode(), ""));
    }

    private String minute(@Nullable Instant at) {
        return When.minuteText(Objects.requireNonNull(at), zone);
    }

    private static Notice said(Notice.Kind kind, String headline, String meaning) {
        return new Notice(kind, translate(headline), meaning);
    }
}
