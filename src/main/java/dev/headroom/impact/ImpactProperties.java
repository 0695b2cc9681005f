package dev.headroom.impact;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param linesKept for how long the lines of a run can be looked at after it ended; its sums stay, and the lines of a run that a decision names stay with that
 */
@ConfigurationProperties("headroom.impact")
record ImpactProperties(@DefaultValue("7d") Duration linesKept) {}
