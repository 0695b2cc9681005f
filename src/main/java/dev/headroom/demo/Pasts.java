package dev.headroom.demo;

import dev.headroom.Headroom;
import dev.headroom.sandbox.SandboxOptions;
import dev.headroom.time.TravellingClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Service;

/**
 * Headroom a second time, over the same database, with a clock that travels and a Stripe sandbox of its own that reads it; without a
 * web server, without jobs, and with only those beans that somebody asks for.
 */
@Service
class Pasts {

    private final ConfigurableEnvironment environment;
    private final JdbcConnectionDetails database;

    Pasts(ConfigurableEnvironment environment, JdbcConnectionDetails database) {
        this.environment = environment;
        this.database = database;
    }

    /** Opened when it is first needed, because that takes seconds. */
    Past of(Vendor vendor) {
        return new Past(vendor, () -> open(vendor));
    }

    /** The product a second time, without a web server, on a clock that travels. */
    static final class Past implements AutoCloseable {

        private static final Duration SINCE_RULES = Duration.ofDays(21);

        private final Vendor vendor;
        private final Supplier<ConfigurableApplicationContext> opening;
        private @Nullable ConfigurableApplicationContext context;

        private Past(Vendor vendor, Supplier<ConfigurableApplicationContext> opening) {
            this.vendor = vendor;
            this.opening = opening;
        }

        Vendor vendor() {
            return vendor;
        }

        /** Puts the catalogue on sale on the day on which the history begins; a second time changes nothing. */
        void sell() {
            bean(TravellingClock.class).travelTo(vendor.begunAt());
            bean(DemoCatalogs.class).create(vendor.endedAt());
        }

        /** @return whether the history was told to its end */
        boolean tell(BooleanSupplier stopped, IntConsumer accountsDone) {
            sell();
            boolean told = bean(Histories.class).tell(vendor, stopped, accountsDone);
            if (told) {
                bean(TravellingClock.class).travelTo(vendor.endedAt().minus(SINCE_RULES));
                bean(Rules.class).set();
                bean(TravellingClock.class).travelTo(vendor.endedAt());
            }
            return told;
        }

        <T> T bean(Class<T> type) {
            if (context == null) {
                context = opening.get();
            }
            return context.getBean(type);
        }

        @Override
        public void close() {
            if (context != null) {
                context.close();
                context = null;
            }
        }
    }

    private ConfigurableApplicationContext open(Vendor vendor) {
        return new SpringApplicationBuilder(Headroom.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .lazyInitialization(true)
                .initializers(context -> prepare((GenericApplicationContext) context, vendor))
                .run();
    }

    private void prepare(GenericApplicationContext past, Vendor vendor) {
        MutablePropertySources sources = past.getEnvironment().getPropertySources();
        List<PropertySource<?>> own = environment.getPropertySources().stream()
                .filter(source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
                .toList();
        own.reversed().forEach(source -> {
            sources.remove(source.getName());
            sources.addFirst(source);
        });
        sources.addFirst(new MapPropertySource("past", Map.of(
                "headroom.demo", "false",
                "headroom.jobs", "false",
                "headroom.sandbox.port", String.valueOf(SandboxOptions.ASIDE),
                "headroom.database-url", url(),
                "spring.datasource.hikari.maximum-pool-size", "4",
                "spring.datasource.hikari.minimum-idle", "1",
                "spring.autoconfigure.exclude", Headroom.WEB_ONLY,
                "spring.liquibase.enabled", "false")));
        past.registerBean(TravellingClock.class, () -> new TravellingClock(vendor.endedAt()));
        List.of(Journeys.class, Arrivals.class, Changes.class, Affairs.class, StripeDashboard.class, Everydays.class, Rules.class, Histories.class).forEach(past::registerBean);
    }

    /**
     * With the password, which therefore never leaves the memory of this process. Commits do not wait for the disk: a crash of the
     * server loses the last half second in the order in which it was written, so that what is noted as told was told.
     */
    private String url() {
        String plain = Objects.requireNonNull(database.getJdbcUrl());
        return plain + (plain.contains("?") ? "&" : "?") + "user=" + encoded(database.getUsername()) + "&password=" + encoded(database.getPassword())
                + "&options=" + encoded("-c synchronous_commit=off");
    }

    private static String encoded(@Nullable String value) {
        return URLEncoder.encode(Optional.ofNullable(value).orElse(""), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
