package dev.headroom.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** People, invitations and keys over the API, as in the console. */
@HeadroomTest
class ConsolePeopleApiTest {

    @Autowired
    Stories stories;

    @Autowired
    Links links;

    @Autowired
    Sessions sessions;

    @Autowired
    ConsoleUsers users;

    private Api owner() {
        return stories.api(stories.secret(EnumSet.allOf(Permission.class)));
    }

    private static Api.Answer act(Api api, String mutation, String type, String fields, Map<String, Object> input) {
        return api.ask("mutation ($input: " + type + "!) { " + mutation + "(input: $input) " + fields + " }", "input", input);
    }

    @Test
    void somebodyIsInvitedGivenRolesSignedOutDisabledAndErased() {
        Api api = owner();
        String email = UUID.randomUUID() + "@example.com";
        String path = act(api, "inviteConsoleUser", "InviteConsoleUserInput", "{ path link { email roles expiresAt } }",
                Map.of("email", email, "roles", List.of("VIEWER", "FINANCE"))).text("/inviteConsoleUser/path");
        assertThat(api.ask("{ consoleInvitations { email } }").at("/consoleInvitations").toString()).contains(email);
        links.enter(path.substring(Links.PATH.length()), "Ada", "a lighthouse in June");
        ConsoleUser user = users.login(email).orElseThrow().user();
        sessions.begin(user, null);

        Map<String, Object> whom = Map.of("id", user.id().toString());
        assertThat(act(api, "assignRoles", "AssignRolesInput", "{ roles permissions sessions { browser } waitsUntil }",
                Map.of("id", user.id().toString(), "roles", List.of("VIEWER", "FINANCE", "PUBLISHER"))).at("/assignRoles/sessions").size()).isEqualTo(1);
        assertThat(act(api, "endConsoleSessions", "ConsoleUserInput", "{ ended }", whom).at("/endConsoleSessions/ended").asInt()).isEqualTo(1);
        assertThat(act(api, "disableConsoleUser", "ConsoleUserInput", "{ disabledAt }", whom).text("/disableConsoleUser/disabledAt")).isNotBlank();
        assertThat(act(api, "eraseConsoleUser", "ConsoleUserInput", "{ name email }", whom).text("/eraseConsoleUser/name")).isEqualTo("Erased person");
        assertThat(api.ask("{ consoleUsers { email } }").at("/consoleUsers").toString()).doesNotContain(email);
    }

    @Test
    void withoutThePermissionNothingOfItIsSeenOrDone() {
        Api editor = stories.api(stories.secret(EnumSet.complementOf(EnumSet.of(Permission.ADMIN))));

        assertThat(editor.ask("{ consoleUsers { email } }").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(editor.ask("{ consoleInvitations { email } }").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(act(editor, "inviteConsoleUser", "InviteConsoleUserInput", "{ path }", Map.of("email", "a@b.example", "roles", List.of("VIEWER"))).errorCode())
                .isEqualTo("FORBIDDEN");
        for (String act : List.of("disableConsoleUser", "enableConsoleUser", "eraseConsoleUser", "liftSignInDelay")) {
            assertThat(act(editor, act, "ConsoleUserInput", "{ id }", Map.of("id", UUID.randomUUID().toString())).errorCode()).isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void wrongIdsAreNotFound() {
        for (String act : List.of("disableConsoleUser", "enableConsoleUser", "eraseConsoleUser", "liftSignInDelay")) {
            assertThat(act(owner(), act, "ConsoleUserInput", "{ id }", Map.of("id", "nobody")).errorCode()).isEqualTo("NOT_FOUND");
            assertThat(act(owner(), act, "ConsoleUserInput", "{ id }", Map.of("id", UUID.randomUUID().toString())).errorCode()).isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void aKeyIsChangedAndGivenAnotherSecretWhileTheOneBeforeStillWorks() {
        Api api = owner();
        String made = act(api, "createApiKey", "CreateApiKeyInput", "{ secret key { id } }",
                Map.of("name", "Backend", "permissions", List.of("READ"))).body().at("/data/createApiKey").toString();
        String id = made.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        String before = made.replaceAll(".*\"secret\":\"([^\"]+)\".*", "$1");

        String after = act(api, "rotateApiKey", "RotateApiKeyInput", "{ secret }", Map.of("id", id, "overlapHours", 2)).text("/rotateApiKey/secret");

        assertThat(stories.api(before).ask("{ products { key } }").status()).isEqualTo(200);
        assertThat(stories.api(after).ask("{ products { key } }").status()).isEqualTo(200);
        assertThat(stories.api(after).ask("{ apiKeys { id } }").errorCode()).isEqualTo("FORBIDDEN");
        act(api, "changeApiKey", "ChangeApiKeyInput", "{ id }", Map.of("id", id, "permissions", List.of("READ", "ADMIN"), "origins", List.of()));
        assertThat(stories.api(after).ask("{ apiKeys { id lastUsedAt previousUntil } }").at("/apiKeys").toString()).contains(stories.clock().instant().toString().substring(0, 10));
        stories.pass(java.time.Duration.ofHours(2));
        assertThat(stories.api(before).ask("{ products { key } }").status()).isEqualTo(401);
        assertThat(stories.api(after).ask("{ products { key } }").status()).isEqualTo(200);
    }

    @Test
    void whoMayDoLessThanAKeyNeitherRotatesNorWidensIt() {
        String strong = act(owner(), "createApiKey", "CreateApiKeyInput", "{ key { id } }",
                Map.of("name", "Strong", "permissions", List.of("READ", "CHANGE"))).text("/createApiKey/key/id");
        Api weak = stories.api(stories.secret(Set.of(Permission.ADMIN, Permission.READ)));

        assertThat(act(weak, "rotateApiKey", "RotateApiKeyInput", "{ secret }", Map.of("id", strong)).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(act(weak, "changeApiKey", "ChangeApiKeyInput", "{ id }", Map.of("id", strong, "permissions", List.of("READ"), "origins", List.of())).errorCode())
                .isEqualTo("FORBIDDEN");
        assertThat(act(owner(), "rotateApiKey", "RotateApiKeyInput", "{ secret }", Map.of("id", strong, "overlapHours", 169)).errorCode()).isEqualTo("INVALID_INPUT");
    }
}
