package dev.headroom.identity;

import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class ConsoleUserController {

    private final ConsoleUsers users;

    ConsoleUserController(ConsoleUsers users) {
        this.users = users;
    }

    record Person(String id) {

        UUID uuid() {
            return Ids.parse(id).orElseThrow(() -> HeadroomException.notFound("input.id", "No such console user"));
        }
    }

    record RolesOfPerson(String id, Set<Role> roles) {}

    @QueryMapping
    List<ConsoleUser> consoleUsers(@ContextValue Actor actor) {
        return users.all(actor);
    }

    @MutationMapping
    ConsoleUser assignRoles(@Argument RolesOfPerson input, @ContextValue Actor actor) {
        return users.assign(actor, new Person(input.id()).uuid(), input.roles());
    }

    @MutationMapping
    ConsoleUser disableConsoleUser(@Argument Person input, @ContextValue Actor actor) {
        return users.disable(actor, input.uuid());
    }

    @MutationMapping
    ConsoleUser enableConsoleUser(@Argument Person input, @ContextValue Actor actor) {
        return users.enable(actor, input.uuid());
    }

    @MutationMapping
    ConsoleUser eraseConsoleUser(@Argument Person input, @ContextValue Actor actor) {
        return users.erase(actor, input.uuid());
    }
}
