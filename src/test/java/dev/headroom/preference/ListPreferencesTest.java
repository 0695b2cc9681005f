package dev.headroom.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.HeadroomTest;
import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import dev.headroom.preference.ListPreferences.Columns;
import dev.headroom.preference.ListPreferences.SavedFilter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HeadroomTest
class ListPreferencesTest {

    private static final Actor SELF = new Actor.System("test");
    private static final String LIST = "accounts";

    @Autowired
    private ListPreferences preferences;

    @Autowired
    private ConsoleUsers users;

    private Actor.ConsoleUser somebody() {
        return person().actor();
    }

    private ConsoleUser person() {
        return users.create(SELF, Ids.next() + "@lists.example", "Pia", Set.of(Role.VIEWER), "a lighthouse in June");
    }

    @Test
    void aFilterIsSavedUnderANameSavedAnewUnderItAndDeleted() {
        Actor.ConsoleUser pia = somebody();
        preferences.save(pia, LIST, new SavedFilter(" Past due ", "state=PAST_DUE"));
        preferences.save(pia, LIST, new SavedFilter("Acme", "q=acme"));
        preferences.save(pia, LIST, new SavedFilter("Past due", "state=PAST_DUE&plan=pro"));
        assertThat(preferences.filters(pia, LIST)).containsExactly(new SavedFilter("Acme", "q=acme"), new SavedFilter("Past due", "state=PAST_DUE&plan=pro"));
        preferences.delete(pia, LIST, "Acme");
        preferences.delete(pia, LIST, "Acme");
        assertThat(preferences.filters(pia, LIST)).extracting(SavedFilter::name).containsExactly("Past due");
    }

    @Test
    void whatIsSavedIsOnesOwnAndOfOneList() {
        Actor.ConsoleUser pia = somebody();
        preferences.save(pia, LIST, new SavedFilter("Acme", "q=acme"));
        preferences.arrange(pia, LIST, new Columns(List.of("key"), Set.of("mrr")));
        assertThat(preferences.filters(pia, "drafts")).isEmpty();
        assertThat(preferences.columns(pia, "drafts")).isEqualTo(Columns.AS_THEY_COME);
        Actor.ConsoleUser other = somebody();
        assertThat(preferences.filters(other, LIST)).isEmpty();
        assertThat(preferences.columns(other, LIST)).isEqualTo(Columns.AS_THEY_COME);
    }

    @Test
    void columnsAreRememberedAsTheyWereArrangedLast() {
        Actor.ConsoleUser pia = somebody();
        preferences.arrange(pia, LIST, new Columns(List.of("key"), Set.of("mrr")));
        preferences.arrange(pia, LIST, new Columns(List.of("mrr", "key"), Set.of()));
        assertThat(preferences.columns(pia, LIST)).isEqualTo(new Columns(List.of("mrr", "key"), Set.of()));
    }

    @Test
    void noNameTooLongAQueryAndTooManyAreRefusedAtTheirFields() {
        Actor.ConsoleUser pia = somebody();
        refused(pia, new SavedFilter(" ", "q=a"), "input.name");
        refused(pia, new SavedFilter("a".repeat(61), "q=a"), "input.name");
        refused(pia, new SavedFilter("Nothing", ""), "input.query");
        refused(pia, new SavedFilter("Much", "q=" + "a".repeat(2_000)), "input.query");
        for (int filter = 0; filter < ListPreferences.MOST_FILTERS; filter++) {
            preferences.save(pia, LIST, new SavedFilter("Filter " + filter, "q=" + filter));
        }
        refused(pia, new SavedFilter("One more", "q=a"), "input.name");
        preferences.save(pia, LIST, new SavedFilter("Filter 7", "q=another"));
        assertThat(preferences.filters(pia, LIST)).hasSize(ListPreferences.MOST_FILTERS).contains(new SavedFilter("Filter 7", "q=another"));
    }

    private void refused(Actor.ConsoleUser actor, SavedFilter filter, String field) {
        assertThatExceptionOfType(HeadroomException.class).isThrownBy(() -> preferences.save(actor, LIST, filter))
                .extracting(HeadroomException::field).isEqualTo(field);
    }

    @Test
    void ofWhomIsErasedNothingStays() {
        ConsoleUser gone = person();
        preferences.save(gone.actor(), LIST, new SavedFilter("Acme", "q=acme"));
        preferences.arrange(gone.actor(), LIST, new Columns(List.of("key"), Set.of()));
        users.disable(SELF, gone.id());
        assertThat(preferences.filters(gone.actor(), LIST)).hasSize(1);
        users.erase(SELF, gone.id());
        assertThat(preferences.filters(gone.actor(), LIST)).isEmpty();
        assertThat(preferences.columns(gone.actor(), LIST)).isEqualTo(Columns.AS_THEY_COME);
    }
}
