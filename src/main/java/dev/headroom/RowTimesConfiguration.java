package dev.headroom;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Objects;
import org.jooq.Converter;
import org.jooq.ConverterProvider;
import org.jooq.impl.DefaultConverterProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jooq.autoconfigure.DefaultConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How jOOQ reads times that stand inside a row: PostgreSQL sends those as text, and left alone jOOQ tries one format after the other,
 * an exception each.
 */
@Configuration(proxyBeanMethods = false)
class RowTimesConfiguration {

    private static final DateTimeFormatter POSTGRES = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendOffset("+HH:mm", "+00")
            .toFormatter();

    @Bean
    DefaultConfigurationCustomizer readingTimes() {
        return configuration -> configuration.set(new TimesInRows());
    }

    private static final class TimesInRows implements ConverterProvider {

        private final ConverterProvider others = new DefaultConverterProvider();

        @Override
        public <T, U> @Nullable Converter<T, U> provide(Class<T> from, Class<U> to) {
            if (from == String.class && to == Instant.class) {
                return Converter.from(from, to, text -> to.cast(read(Objects.toString(text))));
            }
            return others.provide(from, to);
        }

        private static Instant read(String text) {
            return POSTGRES.parse(text, Instant::from);
        }
    }
}
