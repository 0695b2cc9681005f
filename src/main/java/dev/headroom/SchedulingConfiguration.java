package dev.headroom;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Jobs run by themselves, except where a story decides when. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class SchedulingConfiguration {}
