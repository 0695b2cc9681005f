package dev.headroom.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HintTest {

    @Test
    void aThinEventTellsOfNothingThatIsFollowed() {
        JsonNode thin = JsonMapper.shared().readTree("""
                {"id": "evt_1", "object": "v2.core.event", "type": "v1.billing.meter.error_report_triggered", "created": "2026-04-01T00:00:00.000Z",
                 "related_object": {"id": "mtr_1", "type": "billing.meter", "url": "/v1/billing/meters/mtr_1"}}""");

        assertThat(Hint.of(thin.path("type").asString(), thin.path("data").path("object"), Optional.empty(), Told.by(thin))).isEmpty();
    }
}
