package dev.headroom.stripe;

import dev.headroom.stripe.StripeMeterGateway.Rejection;
import dev.headroom.stripe.StripeMeterGateway.Rejection.Reason;
import dev.headroom.stripe.StripeMeterGateway.Rejection.Sample;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads Stripe's events of v2 that tell of reported usage which does not count. Stripe's client has no way to what is in them, nor do they come where
 * events of v1 are sent.
 */
final class StripeRejections {

    private static final String PATH = "/v2/core/events";
    private static final List<String> TYPES = List.of("v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found");
    private static final int MOST_A_PAGE = 100;

    private StripeRejections() {}

    /** What to ask for, for what was told since. */
    static String since(Instant since) {
        StringBuilder url = new StringBuilder(PATH + "?limit=" + MOST_A_PAGE + "&created[gte]=" + URLEncoder.encode(since.toString(), StandardCharsets.UTF_8));
        for (int i = 0; i < TYPES.size(); i++) {
            url.append("&types[").append(i).append("]=").append(TYPES.get(i));
        }
        return url.toString();
    }

    /** What to ask for next; empty behind the last page. */
    static Optional<String> next(JsonNode page) {
        return Hint.text(page.path("next_page_url"));
    }

    static List<Rejection> of(JsonNode page) {
        return page.path("data").valueStream().filter(event -> TYPES.contains(event.path("type").asString(""))).map(StripeRejections::rejection).toList();
    }

    private static Rejection rejection(JsonNode event) {
        JsonNode data = event.path("data");
        JsonNode reason = data.path("reason");
        return new Rejection(
                event.path("id").asString(), Instant.parse(event.path("created").asString()), Hint.text(event.path("related_object").path("id")).orElse(null),
                instant(data.path("validation_start")), instant(data.path("validation_end")), reason.path("error_count").asLong(0),
                data.path("developer_message_summary").asString(""), reason.path("error_types").valueStream().map(StripeRejections::reason).toList());
    }

    private static Reason reason(JsonNode type) {
        return new Reason(type.path("code").asString(""), type.path("error_count").asLong(0), type.path("sample_errors").valueStream()
                .map(sample -> new Sample(sample.path("error_message").asString(""), Hint.text(sample.path("request").path("identifier")).orElse(null)))
                .toList());
    }

    private static @Nullable Instant instant(JsonNode value) {
        return Hint.text(value).map(Instant::parse).orElse(null);
    }
}
