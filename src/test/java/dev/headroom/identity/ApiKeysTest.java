package dev.headroom.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From which origins browsers may come. */
@HeadroomTest
class ApiKeysTest {

    private static final Actor.System SELF = new Actor.System("test");

    @Autowired
    ApiKeys keys;

    @Autowired
    StatementCounter statements;

    @Test
    void anOriginIsAllowedAsLongAsOneActiveKeyNamesIt() {
        String origin = "https://shop.example";
        assertThat(keys.anyAllows(origin)).isFalse();

        ApiKey one = keys.create(SELF, "one", Set.of(Permission.READ), Set.of(origin, "https://other.example")).key();
        ApiKey two = keys.create(SELF, "two", Set.of(Permission.READ), Set.of(origin)).key();
        assertThat(keys.anyAllows(origin)).isTrue();
        assertThat(keys.anyAllows("https://shop.example.org")).isFalse();

        keys.revoke(SELF, one.id());
        assertThat(keys.anyAllows(origin)).isTrue();
        keys.revoke(SELF, two.id());
        assertThat(keys.anyAllows(origin)).isFalse();
    }

    @Test
    void aPreflightCostsOneStatementHoweverManyKeysThereAre() {
        assertThat(statements.during(() -> keys.anyAllows("https://once.example"))).isEqualTo(1);
    }
}
