package dev.headroom.console.revenue;

import dev.headroom.reporting.RateSet;
import dev.headroom.revenue.Retention.Definition;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A scope with the rates that tell all currencies in one, looked up once for everything that a page shows.
 *
 * @param rates absent where one currency is looked at alone
 */
record RatedScope(Scope scope, @Nullable RateSet rates) {

    RatedScope before() {
        return new RatedScope(scope.before(), rates);
    }

    RatedScope by(Definition other) {
        return new RatedScope(scope.by(other), rates);
    }

    /** A figure of one currency, or of all of them by the rates. */
    <T> T told(Supplier<T> alone, Function<RateSet, T> together) {
        return rates == null ? alone.get() : together.apply(rates);
    }
}
