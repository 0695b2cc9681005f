package dev.headroom.account;

import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.account.CreateAccountResult.AccountCreated;
import dev.headroom.account.CreateAccountResult.AccountKeyTaken;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.broadcast.BroadcastReceived;
import dev.headroom.broadcast.Broadcasts;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.postgres.LastKnown;
import dev.headroom.postgres.Outages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The vendor's customers: made once, found by either identifier, seen only by whoever may. */
@Service
public class Accounts {

    private static final String UNKNOWN = "No such account";
    private static final String TOPIC = "account";
    /** An account is looked up on every request and changes once, when it gets its customer; then every node is told. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 100_000;

    private final AccountRepository accounts;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final Broadcasts broadcasts;
    private final InstantSource clock;
    /** One entry to forget: forgetting waits for a load of it that is under way, so that nothing old stays. */
    private final LastKnown<AccountId, Account> byId;
    /** Which account a key means never changes. */
    private final Cache<String, AccountId> idsByKey = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    Accounts(AccountRepository accounts, IdempotencyKeys keys, AuditEntries audit, Broadcasts broadcasts, Outages outages, InstantSource clock) {
        this.accounts = accounts;
        this.keys = keys;
        this.audit = audit;
        this.broadcasts = broadcasts;
        this.byId = outages.memory(REMEMBERED, MOST_REMEMBERED);
        this.clock = clock;
    }

    @Transactional
    public CreateAccountResult create(Actor actor, CreateAccount command) {
        actor.requireEveryAccount(Permission.ACCOUNTS);
        Account account = command.account(new AccountId(Ids.next()), clock.instant());
        return switch (keys.claim(actor, "createAccount", command.idempotencyKey(), command, account.id().value())) {
            case Claim.Repeat(UUID made) -> new AccountCreated(accounts.byId(new AccountId(made)).orElseThrow());
            case Claim.First() -> insert(actor, account, command.idempotencyKey());
        };
    }

    private CreateAccountResult insert(Actor actor, Account account, String idempotencyKey) {
        if (!accounts.insert(account)) {
            keys.release(actor, "createAccount", idempotencyKey);
            return new AccountKeyTaken(accounts.byKey(account.key()).orElseThrow());
        }
        audit.created(actor, "createAccount", account.id().value(), "account", account.id(), account);
        return new AccountCreated(account);
    }

    /**
     * The account that a request means: the token's own, or the one with the vendor's key.
     *
     * @param key required of everybody who sees more than one account; an account token may only name its own
     * @throws HeadroomException NOT_FOUND, the same for an unknown account and for somebody else's
     */
    public Account meant(Actor actor, @Nullable String key) {
        actor.require(Permission.READ);
        if (actor instanceof Actor.Member member) {
            Account own = byId(actor, new AccountId(member.account()));
            if (key != null && !key.equals(own.key())) {
                throw HeadroomException.notFound("key", UNKNOWN);
            }
            return own;
        }
        return byKey("key", key);
    }

    /**
     * The account that a command of the vendor's names, whether or not its key may read accounts.
     *
     * @param field of the command, for what is wrong with it
     * @throws HeadroomException FORBIDDEN without the permission for every account, NOT_FOUND
     */
    public Account commanded(Actor actor, Permission permission, String field, @Nullable String key) {
        actor.requireEveryAccount(permission);
        return byKey(field, key);
    }

    private Account byKey(String field, @Nullable String key) {
        AccountId id = idsByKey.get(Check.present(field, key), wanted -> accounts.byKey(wanted).map(Account::id).orElse(null));
        Account found = id == null ? null : byId.get(id, wanted -> accounts.byId(wanted).orElse(null));
        return Optional.ofNullable(found).orElseThrow(() -> HeadroomException.notFound(field, UNKNOWN));
    }

    public Account byId(Actor actor, AccountId id) {
        actor.require(Permission.READ, id.value());
        Account found = byId.get(id, wanted -> accounts.byId(wanted).orElse(null));
        return Optional.ofNullable(found).orElseThrow(() -> HeadroomException.notFound("account", UNKNOWN));
    }

    /** The one that a customer at Stripe stands for; only Headroom itself may ask, for it crosses accounts. */
    public Optional<Account> byCustomer(Actor.System actor, String stripeCustomer) {
        return accounts.byCustomer(stripeCustomer);
    }

    /** Those that customers at Stripe stand for, by their ids there; only Headroom itself may ask. One statement. */
    public Map<String, Account> byCustomers(Actor.System actor, Collection<String> stripeCustomers) {
        return accounts.byCustomers(stripeCustomers);
    }

    /** Those of the accounts that exist, by the vendor's keys; from memory, and in two statements those that are not there. */
    public Map<String, Account> byKeys(Actor actor, Collection<String> accountKeys) {
        actor.requireEveryAccount(Permission.READ);
        Map<String, AccountId> ids = idsByKey.getAll(accountKeys, unknown -> accounts.ids(Set.copyOf(unknown)));
        Map<AccountId, Account> known = byId.getAll(Set.copyOf(ids.values()), unknown -> accounts.byIds(Set.copyOf(unknown)));
        if (!known.keySet().containsAll(ids.values())) {
            throw HeadroomException.of(ErrorCode.DATABASE_UNAVAILABLE, "accounts", "The database cannot be reached, and not all of these accounts are known here");
        }
        return known.values().stream().collect(toMap(Account::key, account -> account));
    }

    /** Those of the accounts that exist; one statement, for many of whom nobody will ask again soon. */
    public Map<AccountId, Account> byIds(Actor actor, Collection<AccountId> ids) {
        actor.requireEveryAccount(Permission.READ);
        return ids.isEmpty() ? Map.of() : accounts.byIds(ids);
    }

    /**
     * A page of all accounts in the order of their names.
     *
     * @param search what name, key or e-mail must contain; empty for all
     * @param after  the last account of the page before
     */
    public List<Account> page(Actor actor, String search, @Nullable AccountId after, int size) {
        actor.requireEveryAccount(Permission.READ);
        return accounts.page(search.strip(), after, size);
    }

    /** Notes which customer at Stripe stands for the account; the first note stays. */
    @Transactional
    public Account linkCustomer(Actor actor, AccountId id, String stripeCustomer) {
        actor.require(Permission.CHANGE, id.value());
        accounts.linkCustomer(id, stripeCustomer);
        changed(id);
        return accounts.byId(id).orElseThrow();
    }

    /** This node forgets with the commit, the others when they hear of it. */
    private void changed(AccountId id) {
        broadcasts.send(TOPIC, id.toString());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                byId.forget(id);
            }
        });
    }

    /**
     * Whether an account could be made so, without making it; only Headroom itself may ask.
     *
     * @return the account that has its key already
     * @throws HeadroomException naming what is wrong with it
     */
    public Optional<Account> creating(Actor.System actor, CreateAccount command) {
        return accounts.byKey(command.account(new AccountId(Ids.next()), clock.instant()).key());
    }

    /** Forgets a customer that is gone at Stripe, so that the next thing to be paid makes another; a customer that was noted meanwhile stays. */
    @Transactional
    public void unlinkCustomer(Actor.System actor, AccountId id, String stripeCustomer) {
        if (accounts.unlinkCustomer(id, stripeCustomer)) {
            audit.changed(actor, "unlinkCustomer", id.value(), "account", id, stripeCustomer, null);
            changed(id);
        }
    }

    @EventListener
    void on(BroadcastReceived message) {
        if (message.topic().equals(TOPIC)) {
            Ids.parse(message.payload()).map(AccountId::new).ifPresent(byId::forget);
        }
    }

    @EventListener
    void on(BroadcastInterrupted interrupted) {
        byId.forgetAll();
    }
}
