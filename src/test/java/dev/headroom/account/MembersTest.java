package dev.headroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The users of several accounts, read together. */
@HeadroomTest
class MembersTest {

    private static final Actor SELF = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    Accounts accounts;

    @Autowired
    Members members;

    @Autowired
    MemberRepository repository;

    @Autowired
    AuditEntries audit;

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
    }

    @Test
    void anAccountWithManyMembersTakesNoPlaceFromAnother() {
        AccountId large = account("large", 3);
        AccountId small = account("small", 2);

        Map<AccountId, List<Member>> first = repository.ofAccounts(List.of(large, small), 2);

        assertThat(first.get(large)).extracting(Member::name).containsExactly("member 0", "member 1");
        assertThat(first.get(small)).extracting(Member::name).containsExactly("member 0", "member 1");
    }

    @Test
    void theAuditOfMembersHoldsNoPersonalDataSoThatErasingLeavesNone() {
        AccountId account = account("forgetful", 1);
        UUID member = repository.byKey(account, "m0").orElseThrow().id();
        members.active(SELF, accounts.byId(SELF, account).key(), Map.of("m0", stories.clock().instant()));

        members.erase(SELF, accounts.byId(SELF, account).key(), "m0");

        assertThat(repository.byId(account, member).orElseThrow().toString()).doesNotContain("m0", "member 0");
        List<AuditEntry> told = audit.ofSubjects(SELF, account.value(), List.of(member.toString()), 10);
        assertThat(told).extracting(AuditEntry::operation).containsExactly("eraseMember", "addMember");
        assertThat(told.toString()).doesNotContain("m0", "member 0");
    }

    private AccountId account(String name, int size) {
        String key = story.account(name);
        for (int i = 0; i < size; i++) {
            members.add(SELF, new AddMember(key + i, key, "m" + i, "m" + i + "@example.com", "member " + i, null));
        }
        return accounts.meant(SELF, key).id();
    }
}
