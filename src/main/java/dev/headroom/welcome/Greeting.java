package dev.headroom.welcome;

import java.util.List;
import java.util.Optional;

/**
 * The lines that {@code run} ends its start with.
 *
 * @param stripe what stands for Stripe
 * @param data   where everything is kept
 */
record Greeting(String url, Optional<Credentials> credentials, CredentialsFile file, String stripe, String data) {

    List<String> lines() {
        return List.of(
                "Headroom is running",
                "  Console   " + url + "/",
                "  GraphQL   " + url + "/graphql",
                "  GraphiQL  " + url + "/graphiql",
                "  Owner     " + credentials.map(known -> known.email() + "   password " + known.password())
                        .orElse("as made at the first start; " + file.path() + " is not there any more"),
                "  API key   " + credentials.map(Credentials::apiKey).orElse("an owner makes one in the console, under API keys"),
                "  Stripe    " + stripe,
                "  Data      " + data);
    }
}
