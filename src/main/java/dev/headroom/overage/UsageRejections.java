package dev.headroom.overage;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.overage.RejectionRepository.Heard;
import dev.headroom.overage.UsageRejection.RejectedReport;
import dev.headroom.stripe.StripeMeterGateway;
import dev.headroom.stripe.StripeMeterGateway.Rejection;
import dev.headroom.stripe.StripeMeterGateway.Rejection.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What Stripe says later of overage that it was told of: it takes reports first and looks at them afterwards, and what it finds wrong then nobody is
 * billed for. Nothing is reported again by itself, for that would be wrong again: somebody has to look.
 */
@Service
public class UsageRejections {

    private static final Logger LOG = LoggerFactory.getLogger(UsageRejections.class);
    /** As long as Stripe tells of an event. */
    private static final Duration TOLD = Duration.ofDays(30);
    /** What happened in one moment is not told of in one; what was heard before is known by its id. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final RejectionRepository rejections;
    private final StripeMeterGateway stripe;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    UsageRejections(RejectionRepository rejections, StripeMeterGateway stripe, TransactionTemplate transaction, InstantSource clock) {
        this.rejections = rejections;
        this.stripe = stripe;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The newest first. */
    public List<UsageRejection> newest(Actor actor, int most) {
        actor.requireEveryAccount(Permission.ADMIN);
        List<Heard> heard = rejections.newest(most);
        Map<UUID, RejectedReport> ours = rejections.reports(heard.stream().flatMap(each -> reports(each.rejection()).stream()).toList());
        return heard.stream().map(each -> told(each, ours)).toList();
    }

    private static UsageRejection told(Heard heard, Map<UUID, RejectedReport> ours) {
        Rejection told = heard.rejection();
        return new UsageRejection(
                told.event(), told.at(), heard.heardAt(), told.meter(), told.from(), told.until(), told.count(), told.summary(),
                told.reasons().stream().map(reason -> new UsageRejection.Reason(reason.code(), reason.count(), reason.samples().stream()
                        .map(sample -> new UsageRejection.Sample(sample.message(), sample.identifier(), report(sample).map(ours::get).orElse(null)))
                        .toList())).toList());
    }

    /**
     * Asks Stripe what it has found wrong since; each is heard once, and said aloud.
     *
     * @return how many were new
     */
    public int listen() {
        Instant now = clock.instant();
        Instant since = rejections.latest().map(latest -> latest.minus(OVERLAP)).orElseGet(() -> now.minus(TOLD));
        return (int) stripe.rejections(since).stream().filter(each -> heard(each, now)).count();
    }

    private boolean heard(Rejection rejection, Instant now) {
        boolean fresh = Boolean.TRUE.equals(transaction.execute(_ -> {
            boolean first = rejections.insert(rejection, now);
            if (first) {
                rejections.reject(reports(rejection), rejection.at());
            }
            return first;
        }));
        if (fresh) {
            LOG.error("Stripe does not count {} reports of usage to meter {}, so that nobody is billed for them: {}", rejection.count(), rejection.meter(), rejection.reasons());
        }
        return fresh;
    }

    private static List<UUID> reports(Rejection rejection) {
        return rejection.reasons().stream().flatMap(reason -> reason.samples().stream()).flatMap(sample -> report(sample).stream()).toList();
    }

    private static Optional<UUID> report(Sample sample) {
        return Optional.ofNullable(sample.identifier()).flatMap(Report::identified);
    }
}
