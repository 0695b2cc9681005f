package dev.headroom.usage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Properties as the database gives them back, which writes numbers out and forgets in which order an object was written: an event must mean
 * the same when it is recorded and when it is counted again.
 */
final class PropertyValues {

    private PropertyValues() {}

    /** @param properties as they came, or as they were read; absent is none */
    static Map<String, Object> stored(@Nullable Map<String, Object> properties) {
        if (properties == null) {
            return Map.of();
        }
        if (properties.values().stream().allMatch(PropertyValues::comesBackAsItIs)) {
            return properties;
        }
        Map<String, Object> stored = new HashMap<>();
        properties.forEach((name, value) -> stored.put(name, stored(value)));
        return stored;
    }

    private static boolean comesBackAsItIs(@Nullable Object value) {
        return value == null || value instanceof String || value instanceof Integer || value instanceof Long || value instanceof Boolean;
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Double number -> written(number);
            case Float number -> written(number);
            case BigDecimal number -> written(number);
            case BigInteger number -> written(number);
            case Map<?, ?> object -> {
                Map<String, Object> sorted = new TreeMap<>();
                object.forEach((name, each) -> sorted.put(String.valueOf(name), stored(each)));
                yield sorted;
            }
            case Collection<?> list -> {
                List<@Nullable Object> stored = new ArrayList<>();
                list.forEach(each -> stored.add(stored(each)));
                yield stored;
            }
            case Object other -> other;
        };
    }

    /** 1.0E10 is 10000000000 there, a whole number; 10.0 stays what it is. */
    private static Object written(Number number) {
        BigDecimal exact = new BigDecimal(number.toString());
        if (exact.scale() > 0) {
            return exact.doubleValue();
        }
        return exact.precision() - exact.scale() <= 18 ? (Object) exact.longValueExact() : exact.toBigIntegerExact();
    }
}
