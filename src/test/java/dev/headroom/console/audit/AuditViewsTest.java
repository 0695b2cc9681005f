package dev.headroom.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntry;
import dev.headroom.audit.AuditFilter;
import dev.headroom.catalog.Catalog;
import dev.headroom.console.ConsoleTest;
import dev.headroom.console.SignedIn;
import dev.headroom.console.SignedInAs;
import dev.headroom.console.audit.AuditNames.Named;
import dev.headroom.identity.ApiKeys;
import dev.headroom.identity.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The audit log in the console: narrowed by its address, told in words, with what each act changed. */
@SignedInAs(Role.VIEWER)
class AuditViewsTest extends ConsoleTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    private AuditEntries entries;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Catalog catalog;

    @Autowired
    private ApiKeys keys;

    @Autowired
    private SignedIn signedIn;

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
    }

    @SuppressWarnings("unchecked")
    private Grid<Named> grid() {
        roundTrip();
        return find(Grid.class).single();
    }

    private List<String> row(int row) {
        Grid<Named> grid = grid();
        return IntStream.range(0, grid.getColumns().size())
                .mapToObj(column -> grid.getColumns().get(column).getKey().equals("at") ? "" : said(test(grid).getCellComponent(row, column)).replaceAll("<[^>]*>", " "))
                .toList();
    }

    private AuditEntry newest(String account, String operation) {
        return entries.page(SELF, AuditFilter.ofAccount(accounts.meant(SELF, account).id().value()), null, 50).stream()
                .filter(entry -> entry.operation().equals(operation)).findFirst().orElseThrow();
    }

    private void grant(String account, String reason) {
        story.backend().ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "account", account, "feature", story.key("sso"), "kind", "BETA", "reason", reason)).at("/grantFeature");
    }

    @Test
    void theLogSaysWhoDidWhatToWhomAndWhyInWords() {
        String acme = story.account("acme");
        grant(acme, "For the pilot");
        follow("audit", "account", acme);

        assertThat(heading()).isEqualTo("Audit log");
        assertThat(test(grid()).size()).isEqualTo(2);
        assertThat(String.join(" ", row(0))).contains("API key test", "Feature granted", "“For the pilot”", "acme");
        assertThat(String.join(" ", row(1))).contains("Account created: acme");
    }

    @Test
    void theAddressNarrowsItByEverythingAndSaysWhatNoFieldCanChoose() {
        String acme = story.account("narrow");
        grant(acme, "For the pilot");
        AuditEntry granted = newest(acme, "grantFeature");
        Map<String, String> address = new HashMap<>(Map.of("account", acme, "act", "grantFeature", "origin", "API_KEY", "actor", granted.actor(), "q", "pilot",
                "from", granted.at().toString(), "until", granted.at().plusSeconds(60).toString()));
        UI.getCurrent().navigate("audit", QueryParameters.simple(address));
        assertThat(test(grid()).size()).isEqualTo(1);
        address.put("origin", "CONSOLE");
        UI.getCurrent().navigate("audit", QueryParameters.simple(address));
        assertThat(test(grid()).size()).isZero();
        assertThat(said(grid())).contains("No entry is like that", "Fewer filters find more");

        UI.getCurrent().navigate("audit", QueryParameters.simple(Map.of("subject", "grant", "id", granted.subjectId())));
        assertThat(test(grid()).size()).isEqualTo(1);
        assertThat(page()).contains("Only Grant " + granted.subjectId(), "Show everything");
        follow("audit", "correlation", String.valueOf(granted.correlation()));
        assertThat(test(grid()).size()).isEqualTo(1);
        UI.getCurrent().navigate("audit", QueryParameters.simple(Map.of("from", "2030-01-02T00:00:00Z", "until", "2030-01-01T00:00:00Z")));
        assertThat(test(grid()).size()).isZero();
        UI.getCurrent().navigate("audit", QueryParameters.simple(Map.of("from", "yesterday", "origin", "MOON", "act", "dance", "account", "no-such-account", "actor", "nobody")));
        assertThat(test(grid()).size()).as("what an address makes up is nobody's act").isZero();
    }

    @Test
    void anEntryHasAPageWithWhatItChangedFieldByField() {
        String acme = story.subscribed("changed", "team", 2);
        story.accept(story.token(acme, Map.of("seats", 5)));
        AuditEntry entry = newest(acme, "recordSubscription");
        UI.getCurrent().navigate("audit/" + entry.id());

        assertThat(heading()).isEqualTo("Subscription changed");
        assertThat(page()).contains("Headroom", "From whereAPI key", "$125.00", String.valueOf(entry.correlation()), "Copy the correlation id", "Show all that came of it", "Before", "After")
                .doesNotContain("{\"");
        assertThat(find(Anchor.class).all()).extracting(Anchor::getHref).contains("accounts/" + acme, "audit?correlation=" + entry.correlation());
        UI.getCurrent().navigate("audit/" + UUID.randomUUID());
        assertThat(page()).contains("Nothing is here");
    }

    @Test
    void amountsHaveTheirCurrencyInstantsTheirZoneAndFieldsTheirWords() {
        assertThat(FieldText.value(FieldText.parse("{\"minor\": 4900, \"currency\": \"USD\"}"))).isEqualTo("$49.00");
        assertThat(FieldText.value(FieldText.parse("{\"minor\": 0.04, \"currency\": \"USD\"}"))).isEqualTo("$0.0004");
        assertThat(FieldText.value(FieldText.parse("\"2026-12-04T10:15:30.5Z\""))).contains("Dec 4, 2026", "10:15", "Z");
        assertThat(FieldText.value(FieldText.parse("[true, 1200, \"x\"]"))).isEqualTo("Yes, 1,200, x");
        assertThat(FieldText.value(FieldText.parse("[]"))).isEqualTo("Nothing");
        assertThat(FieldText.name(List.of("balance", "committedUntil"))).isEqualTo("Balance › Committed until");
        assertThat(FieldText.name(List.of("items", "seat-pack-7", "unitPrice"))).isEqualTo("Items › seat-pack-7 › Unit price");
    }

    @Test
    void whoActedIsNamedAlsoWhenTheKeyIsRevokedSince() {
        String secret = stories.secret(Set.of(Permission.values()));
        Actor.ApiKey key = keys.authenticate(secret).orElseThrow();
        String acme = new Story(stories, stories.api(secret), story.number(), story.catalog()).account("by-a-key-of-old");
        keys.revoke(SELF, key.id());
        follow("audit", "account", acme);
        assertThat(String.join(" ", row(0))).contains("API key test");
        keys.create(signedInAsOwner(), "By hand", Set.of(Permission.READ), Set.of());
        follow("audit", "act", "createApiKey");
        assertThat(String.join(" ", row(0))).contains("API key made: By hand", "Console");
    }

    private Actor signedInAsOwner() {
        return new Actor.ConsoleUser(signedIn.actor().id(), "olivia@example.com", Set.of(Permission.values()));
    }

    @Test
    void itSpeaksTheReadersLanguage() {
        UI.getCurrent().setLocale(Locale.GERMAN);
        String acme = story.account("deutsch");
        follow("audit", "account", acme);
        assertThat(heading()).isEqualTo("Protokoll");
        assertThat(String.join(" ", row(0))).contains("Kunde angelegt");
    }

    @Test
    void theActivityOfAThingIsTheLogOfThatThing() {
        String acme = story.subscribed("active", "team", 2);
        follow("accounts/" + acme, "tab", "activity");
        assertThat(page()).contains("Subscription started", "Account created: active", "audit?account=" + acme);
        follow("plans/" + story.key("team"), "tab", "activity");
        assertThat(page()).contains("Plan put on sale: team", "audit?subject=plan&amp;id=" + catalog.snapshot().plan(story.key("team")).orElseThrow().id());
        follow("add-ons/" + story.key("seat-pack"), "tab", "activity");
        assertThat(page()).contains("Add-on put on sale: seat-pack");
    }
}
