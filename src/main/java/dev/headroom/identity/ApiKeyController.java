package dev.headroom.identity;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class ApiKeyController {

    private final ApiKeys keys;

    ApiKeyController(ApiKeys keys) {
        this.keys = keys;
    }

    record NewApiKey(String name, Set<Permission> permissions, @Nullable Set<String> origins) {}

    record Revocation(String id) {}

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
        return keys.revoke(actor, Ids.parse(input.id()).orElseThrow(() -> HeadroomException.notFound("input.id", "No such API key")));
    }
}
