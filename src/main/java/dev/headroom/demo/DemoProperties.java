package dev.headroom.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param demo         whether to load the demo vendor; refused with a live Stripe key, and skipped with a test key, because only the
 *                     built-in sandbox can live through 26 months in a minute
 * @param demoSeed     the same seed makes the same vendor
 * @param demoAccounts how many accounts it has, at most as many as there are companies in {@code demo/companies.txt}
 */
@ConfigurationProperties("headroom")
record DemoProperties(@DefaultValue("false") boolean demo, @DefaultValue("2026") long demoSeed, @DefaultValue("60") int demoAccounts) {}
