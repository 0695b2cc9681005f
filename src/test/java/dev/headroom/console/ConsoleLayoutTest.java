package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import dev.headroom.Story;
import dev.headroom.console.PaletteSource.Choice;
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
    private PaletteSearch search;

    @Test
    void theBareAddressLeadsToTheOverview() {
        UI.getCurrent().navigate("");
        assertThat(heading()).isEqualTo("Overview");
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
    void noTwoPagesHaveOneKey() {
        assertThat(Place.values()).extracting(Place::key).doesNotHaveDuplicates();
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
        assertThat(search.find("acc")).extracting(Choice::name).contains("Accounts");
        assertThat(search.find(story.key("pro"))).extracting(Choice::name).startsWith("pro");
        assertThat(search.find(story.key("seat-pack"))).extracting(choice -> choice.kind() + " " + choice.name()).startsWith("Add-on seat-pack");
        assertThat(search.find("PALETTA")).extracting(Choice::detail).contains(account);
        assertThat(search.find("dark")).extracting(Choice::name).contains("Dark");
        assertThat(search.find("no such thing")).isEmpty();
    }

    @Test
    void choosingOpensWhatWasChosen() {
        String account = stories.begin().account("zelda");
        UI.getCurrent().navigate("");
        search.find(account).getFirst().act().run();
        assertThat(heading()).isEqualTo("zelda");
    }

    @Test
    void aFeatureLeadsToItsPageAndAPlanToWhatCanBeDoneWithIt() {
        Story story = stories.begin();
        UI.getCurrent().navigate("");
        search.find(story.key("sso")).getFirst().act().run();
        assertThat(heading()).isEqualTo("Single sign-on");
        assertThat(search.find(story.key("pro"))).extracting(Choice::name).contains("Duplicate pro", "Retire pro");
        assertThat(search.find("new product")).extracting(Choice::name).contains("New product");
        assertThat(search.find("new feature")).extracting(Choice::name).contains("New feature");
    }

    @Test
    void choosingAnAddOnOpensIt() {
        Story story = stories.begin();
        UI.getCurrent().navigate("");
        search.find(story.key("seat-pack")).getFirst().act().run();
        assertThat(heading()).isEqualTo("seat-pack");
    }

    @Test
    void recordsAreFoundByTheirIdsAndActsByWhatTheyDo() {
        Story story = stories.begin();
        String account = story.subscribed("findable", "pro", 3);
        String id = story.backend().ask("query ($key: String!) { account(key: $key) { id subscriptions { id } } }", "key", account).text("/account/subscriptions/0/id");
        assertThat(search.find(id)).extracting(choice -> choice.kind() + " " + choice.name()).containsExactly("Subscription findable");
        assertThat(search.find(story.key("calls"))).extracting(Choice::kind).contains("Feature");
        assertThat(search.find("invite")).extracting(Choice::name).containsExactly("Invite somebody");
        assertThat(search.find("new draft of pro")).extracting(Choice::name).contains("New draft of pro");
        UI.getCurrent().navigate("");
        search.find("new draft of pro").stream().filter(choice -> choice.detail().equals(story.key("pro"))).findFirst().orElseThrow().act().run();
        assertThat(heading()).isEqualTo("Draft of pro");
        assertThat(search.find(story.key("pro"))).extracting(Choice::name).contains("Draft of pro", "Publish draft of pro");
        assertThat(search.find("deutsch")).extracting(Choice::kind).doesNotContain("Language");
        assertThat(search.find("german")).extracting(Choice::kind).containsExactly("Language");
    }

    @Test
    void anActIsBegunOnItsPageOnce() {
        UI.getCurrent().navigate("");
        search.find("invite").getFirst().act().run();
        assertThat(heading()).isEqualTo("People");
        assertThat(find(Dialog.class).all()).hasSize(1);
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void whoeverMayOnlyLookIsOfferedNoActThatIsNotTheirs() {
        Story story = stories.begin();
        assertThat(search.find("invite")).isEmpty();
        assertThat(search.find("new plan")).isEmpty();
        assertThat(search.find(story.key("pro"))).extracting(Choice::kind).containsExactly("Plan");
    }

    @Test
    void withoutAnyLettersThePaletteAsksTheDatabaseNothing() {
        assertThat(search.find("")).extracting(Choice::kind).doesNotContain("Account").contains("Page", "Appearance");
    }

    @Test
    void aRefusalIsShownInItsOwnWordsAndAFailureOnlyByItsNumber() {
        assertThat(Incidents.sentence(HeadroomException.invalid("seats", "A number of seats is positive"))).isEqualTo("A number of seats is positive");
        assertThat(Incidents.sentence(new IllegalStateException("password=hunter2"))).contains("incident").doesNotContain("hunter2");
    }
}
