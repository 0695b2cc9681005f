package dev.headroom.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * When members were active last, as the vendor tells it. It may be told with every request that a member sends: a member is written at most once an
 * hour, and what a node has seen written costs no statement.
 */
@Service
class MemberActivities {

    static final int LARGEST_BATCH = 1_000;
    /** How exactly it is known when somebody was active. */
    private static final Duration COARSE = Duration.ofHours(1);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 200_000;
    private static final Actor.System SELF = new Actor.System("account");

    private final Accounts accounts;
    private final MemberRepository members;
    private final AuditEntries audit;
    private final InstantSource clock;
    /** Who is active, and since when that is written; it only ever grows, so it is never wrong. */
    private final Cache<Who, Instant> written = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    MemberActivities(Accounts accounts, MemberRepository members, AuditEntries audit, InstantSource clock) {
        this.accounts = accounts;
        this.members = members;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Somebody did something.
     *
     * @param account the vendor's key
     * @param member  the vendor's key
     * @param at      absent is now
     */
    record Activity(String account, String member, @Nullable Instant at) {}

    /** A member by the vendor's keys. */
    record Who(String account, String member) {}

    /**
     * @param written how many members it was written for; of all others known it was less than an hour newer than what is
     * @param unknown who does not exist
     */
    record Recorded(int written, List<Who> unknown) {}

    /**
     * Notes for each the latest activity; who was invited has come in by that.
     *
     * @throws HeadroomException INVALID_INPUT for a batch that is too large, and an instant that lies ahead
     */
    @Transactional
    Recorded record(Actor actor, List<Activity> batch) {
        actor.requireEveryAccount(Permission.USAGE);
        Check.between("input.activities", batch.size(), 1, LARGEST_BATCH);
        Map<Who, Instant> due = new LinkedHashMap<>(latest(batch));
        due.entrySet().removeIf(each -> isKnown(each.getValue(), written.getIfPresent(each.getKey())));
        return due.isEmpty() ? new Recorded(0, List.of()) : write(actor, due);
    }

    private Map<Who, Instant> latest(List<Activity> batch) {
        Instant now = clock.instant();
        Map<Who, Instant> latest = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Activity activity = batch.get(i);
            Instant at = Optional.ofNullable(activity.at()).orElse(now);
            if (at.isAfter(now.plus(CLOCKS_DIFFER))) {
                throw HeadroomException.invalid("input.activities[" + i + "].at", "Expected an instant that is not more than five minutes ahead");
            }
            latest.merge(new Who(activity.account(), activity.member()), at.isAfter(now) ? now : at, (one, other) -> one.isAfter(other) ? one : other);
        }
        return latest;
    }

    private static boolean isKnown(Instant at, @Nullable Instant known) {
        return known != null && at.isBefore(known.plus(COARSE));
    }

    private Recorded write(Actor actor, Map<Who, Instant> due) {
        Map<String, Account> known = accounts.byKeys(SELF, due.keySet().stream().map(Who::account).collect(Collectors.toSet()));
        Map<AccountId, List<String>> wanted = due.keySet().stream()
                .filter(who -> known.containsKey(who.account()))
                .collect(Collectors.groupingBy(who -> known.get(who.account()).id(), Collectors.mapping(Who::member, Collectors.toList())));
        Map<AccountId, Map<String, Member>> found = members.locked(wanted);
        List<Member> changed = new ArrayList<>();
        List<Who> unknown = new ArrayList<>();
        due.forEach((who, at) -> {
            Account account = known.get(who.account());
            Member member = account == null ? null : found.getOrDefault(account.id(), Map.of()).get(who.member());
            if (member == null) {
                unknown.add(who);
            } else if (member.state() == MemberState.INVITED || !isKnown(at, member.lastActiveAt())) {
                changed.add(active(actor, member, at));
            }
        });
        members.writeActivity(changed);
        known.forEach((key, account) -> found.getOrDefault(account.id(), Map.of()).values().forEach(member -> remember(key, member)));
        return new Recorded(changed.size(), unknown);
    }

    private Member active(Actor actor, Member member, Instant at) {
        Instant last = member.lastActiveAt();
        Member active = member.active(last == null || at.isAfter(last) ? at : last);
        if (member.state() == MemberState.INVITED) {
            audit.changed(actor, "recordMemberActivity", member.account().value(), "member", member.id(), member.standing(), active.standing());
        }
        return active;
    }

    /** What was there before, for this transaction may yet fail: the next one of the member finds what it wrote. */
    private void remember(String account, Member member) {
        Instant last = member.lastActiveAt();
        if (member.state() == MemberState.ACTIVE && last != null) {
            written.put(new Who(account, member.key()), last);
        }
    }
}
