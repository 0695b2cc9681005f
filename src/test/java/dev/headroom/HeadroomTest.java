package dev.headroom;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole product, once for all tests that carry this: a database of its own, the Stripe sandbox over HTTP, a clock that stands still
 * until a story moves it, no jobs but those a story runs. Every story makes accounts of its own, so none sees another's.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"headroom.jobs=false", "headroom.demo=false", "headroom.stripe-key=", "headroom.stripe.read-timeout=5s", "headroom.delivery.to-private-addresses=true", "headroom.delivery.timeout=2s", "headroom.sale.direct=true", "headroom.data=${headroom.test-data:target/test-data}", "server.shutdown=immediate"})
@ContextConfiguration(initializers = WorldDatabase.class)
@Import(World.class)
public @interface HeadroomTest {}
