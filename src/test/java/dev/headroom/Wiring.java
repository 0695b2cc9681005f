package dev.headroom;

import graphql.schema.idl.RuntimeWiring;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/**
 * What the engine was wired with at its start. Whoever asks the controllers for it a second time registers their batch loaders a second
 * time, and from then on no request of this process is answered.
 */
final class Wiring implements RuntimeWiringConfigurer {

    private RuntimeWiring.@Nullable Builder wired;

    @Override
    public void configure(RuntimeWiring.Builder builder) {
        wired = builder;
    }

    RuntimeWiring asItIs() {
        return Objects.requireNonNull(wired).build();
    }
}
