package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import dev.headroom.Story;
import dev.headroom.account.Accounts;
import dev.headroom.catalog.Catalog;
import dev.headroom.console.PaletteSearch.Choice;
import dev.headroom.error.HeadroomException;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ConsoleLayoutTest extends ConsoleTest {

    @Autowired
    private SignedIn signedIn;

    @Autowired
    private Catalog catalog;

    @Autowired
    private Accounts accounts;

    private PaletteSearch search() {
        return new PaletteSearch(signedIn, catalog, accounts);
    }

    @Test
    void theBareAddressLeadsToTheAccounts() {
        UI.getCurrent().navigate("");
        assertThat(heading()).isEqualTo("Accounts");
        assertThat(said(shell())).contains("Sell", "Plans", "Add-ons", "Customers", "Search");
    }

    @Test
    void aUserNamedLikeTheirRoleIsToldByTheirAddress() {
        assertThat(UserMenu.second(user("Owner"))).isEqualTo("owner@example.com");
        assertThat(UserMenu.second(user("Olivia"))).isEqualTo("Owner");
    }

    private static ConsoleUser user(String name) {
        return new ConsoleUser(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), "owner@example.com", name, Set.of(Role.OWNER), Instant.EPOCH, null, null);
    }

    @Test
    void nobodyCanMistakeTheSandboxForRealMoney() {
        UI.getCurrent().navigate("");
        assertThat(said(shell())).contains("Test", "Payments are simulated");
    }

    @Test
    void thePaletteFindsPagesPlansAccountsAndAppearances() {
        Story story = stories.begin();
        String account = story.account("paletta");
        assertThat(search().find("acc")).extracting(Choice::name).contains("Accounts");
        assertThat(search().find(story.key("pro"))).extracting(Choice::name).containsExactly("pro");
        assertThat(search().find(story.key("seat-pack"))).extracting(choice -> choice.kind() + " " + choice.name()).containsExactly("Add-on seat-pack");
        assertThat(search().find("PALETTA")).extracting(Choice::detail).contains(account);
        assertThat(search().find("dark")).extracting(Choice::name).contains("Dark");
        assertThat(search().find("no such thing")).isEmpty();
    }

    @Test
    void choosingOpensWhatWasChosen() {
        String account = stories.begin().account("zelda");
        UI.getCurrent().navigate("");
        search().find(account).getFirst().act().run();
        assertThat(heading()).isEqualTo("zelda");
    }

    @Test
    void choosingAnAddOnOpensIt() {
        Story story = stories.begin();
        UI.getCurrent().navigate("");
        search().find(story.key("seat-pack")).getFirst().act().run();
        assertThat(heading()).isEqualTo("seat-pack");
    }

    @Test
    void withoutAnyLettersThePaletteAsksTheDatabaseNothing() {
        assertThat(search().find("")).extracting(Choice::kind).doesNotContain("Account").contains("Page", "Appearance");
    }

    @Test
    void aRefusalIsShownInItsOwnWordsAndAFailureOnlyByItsNumber() {
        assertThat(Incidents.sentence(HeadroomException.invalid("seats", "A number of seats is positive"))).isEqualTo("A number of seats is positive");
        assertThat(Incidents.sentence(new IllegalStateException("password=hunter2"))).contains("incident").doesNotContain("hunter2");
    }
}
