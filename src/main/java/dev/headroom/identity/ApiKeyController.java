package dev.headroom.identity;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class ApiKeyController {

    private static final int DAY = 24;

    private final ApiKeys keys;

    ApiKeyController(ApiKeys keys) {
        this.keys = keys;
    }

    record NewApiKey(String name, Set<Permission> permissions, @Nullable Set<String> origins) {}

    record Revocation(String id) {}

    record KeyChange(String id, Set<Permission> permissions, Set<String> origins) {}

    record Rotation(String id, @Nullable Integer overlapHours) {}

    @QueryMapping
    List<ApiKey> apiKeys(@ContextValue Actor actor) {
        return keys.all(actor);
    }

    @MutationMapping
    CreatedApiKey createApiKey(@Argument NewApiKey input, @ContextValue Actor actor) {
        return keys.create(actor, input.name(), input.permissions(), Optional.ofNullable(input.origins()).orElse(Set.of()));
    }

    @MutationMapping
    ApiKey revokeApiKey(@Argument Revocation input, @ContextValue Actor actor) {
        return keys.revoke(actor, id(input.id()));
    }

    @MutationMapping
    ApiKey changeApiKey(@Argument KeyChange input, @ContextValue Actor actor) {
        return keys.change(actor, id(input.id()), input.permissions(), input.origins());
    }

    @MutationMapping
    CreatedApiKey rotateApiKey(@Argument Rotation input, @ContextValue Actor actor) {
        return keys.rotate(actor, id(input.id()), Duration.ofHours(Optional.ofNullable(input.overlapHours()).orElse(DAY)));
    }

    private static UUID id(String text) {
        return Ids.parse(text).orElseThrow(() -> HeadroomException.notFound("input.id", "No such API key"));
    }
}
