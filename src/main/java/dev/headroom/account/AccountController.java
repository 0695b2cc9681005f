package dev.headroom.account;

import dev.headroom.account.MemberActivities.Activity;
import dev.headroom.account.MemberActivities.Recorded;
import dev.headroom.account.MemberActivities.Who;
import dev.headroom.account.Members.MemberErased;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntry;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class AccountController {

    private static final int LARGEST_PAGE = 100;

    private final Accounts accounts;
    private final Members members;
    private final MemberActivities activities;
    private final PaymentMethods methods;
    private final InstantSource clock;

    AccountController(Accounts accounts, Members members, MemberActivities activities, PaymentMethods methods, InstantSource clock) {
        this.accounts = accounts;
        this.members = members;
        this.activities = activities;
        this.methods = methods;
        this.clock = clock;
    }

    record Page(List<Edge> edges, Info pageInfo) {}

    record Edge(Account node, String cursor) {}

    record Info(boolean hasNextPage, @Nullable String endCursor) {}

    record Activities(List<Activity> activities) {}

    sealed interface RecordMemberActivityResult {}

    record MemberActivityRecorded(int written, List<Who> unknown) implements RecordMemberActivityResult {}

    record Erasure(@Nullable String account, String member) {}

    @QueryMapping
    Account account(@Argument @Nullable String key, @ContextValue Actor actor) {
        return accounts.meant(actor, key);
    }

    /** One row more than asked for tells whether another page follows. */
    @QueryMapping
    Page accounts(@Argument int first, @Argument @Nullable String after, @Argument @Nullable String search, @ContextValue Actor actor) {
        Check.between("first", first, 1, LARGEST_PAGE);
        List<Account> found = accounts.page(actor, Optional.ofNullable(search).orElse(""), cursor(after), first + 1);
        List<Edge> edges = found.stream().limit(first).map(account -> new Edge(account, account.id().toString())).toList();
        return new Page(edges, new Info(found.size() > first, edges.isEmpty() ? null : edges.getLast().cursor()));
    }

    private static @Nullable AccountId cursor(@Nullable String after) {
        return after == null ? null : Ids.parse(after)
                .map(AccountId::new)
                .orElseThrow(() -> HeadroomException.invalid("after", "Expected the endCursor of the page before"));
    }

    @MutationMapping
    CreateAccountResult createAccount(@Argument CreateAccount input, @ContextValue Actor actor) {
        return accounts.create(actor, input);
    }

    @MutationMapping
    AddMemberResult addMember(@Argument AddMember input, @ContextValue Actor actor) {
        return members.add(actor, input);
    }

    @MutationMapping
    MemberErased eraseMember(@Argument Erasure input, @ContextValue Actor actor) {
        return members.erase(actor, input.account(), input.member());
    }

    @MutationMapping
    RecordMemberActivityResult recordMemberActivity(@Argument Activities input, @ContextValue Actor actor) {
        Recorded recorded = activities.record(actor, input.activities());
        return new MemberActivityRecorded(recorded.written(), recorded.unknown());
    }

    @BatchMapping(typeName = "Account")
    Map<Account, List<Member>> members(List<Account> of, @ContextValue Actor actor) {
        Map<AccountId, List<Member>> found = members.ofAccounts(actor, of.stream().map(Account::id).toList());
        return of.stream().collect(Collectors.toMap(Function.identity(), account -> found.getOrDefault(account.id(), List.of())));
    }

    @BatchMapping(typeName = "AuditEntry", field = "account")
    Map<AuditEntry, Account> audited(List<AuditEntry> of, @ContextValue Actor actor) {
        List<AuditEntry> owned = of.stream().filter(entry -> entry.account() != null).toList();
        Map<AccountId, Account> found = accounts.byIds(actor, owned.stream().map(entry -> new AccountId(entry.account())).distinct().toList());
        return owned.stream().collect(Collectors.toMap(Function.identity(), entry -> found.get(new AccountId(entry.account()))));
    }

    @SchemaMapping(typeName = "Account")
    List<PaymentMethod> paymentMethods(Account account, @ContextValue Actor actor) {
        return methods.ofAccount(actor, account.id());
    }

    @SchemaMapping(typeName = "PaymentMethod")
    PaymentMethod.Expiry expiry(PaymentMethod method, @ContextValue Actor actor) {
        return method.expiry(clock.instant(), accounts.byId(actor, method.account()).zone());
    }
}
