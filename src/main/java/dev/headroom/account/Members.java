package dev.headroom.account;

import static java.util.stream.Collectors.toMap;

import dev.headroom.account.AddMemberResult.MemberAdded;
import dev.headroom.account.AddMemberResult.MemberKeyTaken;
import dev.headroom.account.MemberActivities.Activity;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The users of an account. */
@Service
public class Members {

    /** More members than this are not shown under an account at once. */
    public static final int MOST_SHOWN = 500;

    private final MemberRepository members;
    private final MemberActivities activities;
    private final Accounts accounts;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Members(
            MemberRepository members, MemberActivities activities, Accounts accounts, IdempotencyKeys keys, AuditEntries audit, ApplicationEventPublisher events,
            InstantSource clock) {
        this.events = events;
        this.members = members;
        this.activities = activities;
        this.accounts = accounts;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public AddMemberResult add(Actor actor, AddMember command) {
        actor.require(Permission.ACCOUNTS);
        Account account = accounts.meant(actor, command.account());
        Member member = new Member(
                account.id(),
                Ids.next(),
                Check.key("input.key", command.key()),
                Check.email("input.email", command.email()),
                Check.text("input.name", command.name()),
                Optional.ofNullable(command.state()).orElse(MemberState.ACTIVE),
                clock.instant(),
                null,
                null);
        return switch (keys.claim(actor, "addMember", command.idempotencyKey(), command, member.id())) {
            case Claim.Repeat(UUID made) -> new MemberAdded(byId(actor, account.id(), made));
            case Claim.First() -> insert(actor, member, command.idempotencyKey());
        };
    }

    private AddMemberResult insert(Actor actor, Member member, String idempotencyKey) {
        if (!members.insert(member)) {
            keys.release(actor, "addMember", idempotencyKey);
            return new MemberKeyTaken(members.byKey(member.account(), member.key()).orElseThrow());
        }
        audit.created(actor, "addMember", member.account().value(), "member", member.id(), member.standing());
        return new MemberAdded(member);
    }

    /** Somebody is forgotten; told in the transaction that forgets, so that whoever holds something of theirs lets go of it. */
    public record MemberErased(Member member, Actor by) {}

    /**
     * Forgets who a member was: key, e-mail and name are gone for good, and the vendor's key is nobody's any more. What they did stays told
     * of the same id; they hold no seat. Tokens that were minted for them end by themselves.
     *
     * @param account the vendor's key
     * @param key     the vendor's key of the member
     * @throws HeadroomException NOT_FOUND for an unknown member, also one who is erased already
     */
    @Transactional
    public MemberErased erase(Actor actor, @Nullable String account, String key) {
        actor.requireEveryAccount(Permission.ACCOUNTS);
        Account meant = accounts.meant(actor, account);
        Member member = members.lockedByKey(meant.id(), key).filter(known -> known.erasedAt() == null)
                .orElseThrow(() -> HeadroomException.notFound("input.member", "No such member"));
        MemberErased erased = new MemberErased(member.erased(clock.instant()), actor);
        members.erase(erased.member());
        audit.changed(actor, "eraseMember", meant.id().value(), "member", member.id(), member.standing(), erased.member().standing());
        events.publishEvent(erased);
        return erased;
    }

    /**
     * Notes when members were active last; who was invited has come in by that.
     *
     * @param account the vendor's key
     * @param last    by the vendor's keys, at most a thousand
     */
    @Transactional
    public void active(Actor actor, String account, Map<String, Instant> last) {
        activities.record(actor, last.entrySet().stream().map(each -> new Activity(account, each.getKey(), each.getValue())).toList());
    }

    public Member byId(Actor actor, AccountId account, UUID id) {
        actor.require(Permission.READ, account.value());
        return members.byId(account, id).orElseThrow(() -> HeadroomException.notFound("member", "No such member"));
    }

    /** The member with the vendor's key, in an account that the actor sees. */
    public Member byKey(Actor actor, AccountId account, String key) {
        actor.require(Permission.READ, account.value());
        return members.byKey(account, key).orElseThrow(() -> HeadroomException.notFound("member", "No such member"));
    }

    /** Those of the members that there are. */
    public Map<UUID, Member> byIds(Actor actor, AccountId account, Collection<UUID> ids) {
        actor.require(Permission.READ, account.value());
        return members.byIds(account, ids).stream().collect(toMap(Member::id, member -> member));
    }

    /** Who of several accounts has not come in yet; one statement. */
    public List<UUID> invited(Actor actor, Collection<AccountId> accounts) {
        accounts.forEach(account -> actor.require(Permission.READ, account.value()));
        return members.invited(accounts);
    }

    /** Those of the members who have been inactive longest: since their last activity, or since they were added where none was told of. */
    public List<Member> longestInactive(Actor actor, AccountId account, Collection<UUID> ids, int most) {
        actor.require(Permission.READ, account.value());
        return members.longestInactive(account, ids, most);
    }

    /** The members of several accounts in one statement, at most {@link #MOST_SHOWN} each. */
    public Map<AccountId, List<Member>> ofAccounts(Actor actor, Collection<AccountId> ids) {
        ids.forEach(id -> actor.require(Permission.READ, id.value()));
        return members.ofAccounts(ids, MOST_SHOWN);
    }
}
