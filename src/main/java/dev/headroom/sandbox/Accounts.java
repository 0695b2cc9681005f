package dev.headroom.sandbox;

/** {@code /v1/account}: whose sandbox this is. Its id is made once for a database. */
final class Accounts {

    private Accounts() {}

    static void addTo(Routes routes, String id) {
        routes.get("/v1/account", _ -> Skeletons.of("account").put("id", id));
    }
}
