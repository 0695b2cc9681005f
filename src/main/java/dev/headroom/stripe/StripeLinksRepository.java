package dev.headroom.stripe;

import static dev.headroom.stripe.jooq.Tables.LINK;

import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.broadcast.BroadcastReceived;
import dev.headroom.broadcast.Broadcasts;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Which product, price or coupon at Stripe stands for which of ours; a link seldom changes, so each is read once, and again when one has changed. */
@Repository
public class StripeLinksRepository {

    /** What a link is for. */
    public enum Kind {
        PRODUCT,
        PRICE,
        /** Of an offer. */
        COUPON
    }

    private record Local(Kind kind, UUID id) {}

    private record Remote(Kind kind, String id) {}

    private static final String TOPIC = "stripe-link";

    private final DSLContext db;
    private final Broadcasts broadcasts;
    private final Map<Local, String> remotes = new ConcurrentHashMap<>();
    private final Map<Remote, UUID> locals = new ConcurrentHashMap<>();

    StripeLinksRepository(DSLContext db, Broadcasts broadcasts) {
        this.db = db;
        this.broadcasts = broadcasts;
    }

    public Optional<String> remote(Kind kind, UUID local) {
        String known = remotes.computeIfAbsent(new Local(kind, local), _ -> db.select(LINK.STRIPE_ID)
                .from(LINK)
                .where(LINK.KIND.eq(kind.name()), LINK.LOCAL_ID.eq(local))
                .fetchOne(LINK.STRIPE_ID));
        return Optional.ofNullable(known);
    }

    public Optional<UUID> local(Kind kind, String remote) {
        UUID known = locals.computeIfAbsent(new Remote(kind, remote), _ -> db.select(LINK.LOCAL_ID)
                .from(LINK)
                .where(LINK.KIND.eq(kind.name()), LINK.STRIPE_ID.eq(remote))
                .fetchOne(LINK.LOCAL_ID));
        return Optional.ofNullable(known);
    }

    /** The first link of a thing stays; kept whatever becomes of the transaction around it, for Stripe has the object by now. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void link(Kind kind, UUID local, String remote) {
        db.insertInto(LINK)
                .set(LINK.KIND, kind.name())
                .set(LINK.LOCAL_ID, local)
                .set(LINK.STRIPE_ID, remote)
                .onConflict(LINK.KIND, LINK.LOCAL_ID)
                .doNothing()
                .execute();
    }

    /** The same as {@link #link}, but kept or not as the transaction around it is: for an object that Stripe has had all along. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void linkAlong(Kind kind, UUID local, String remote) {
        db.insertInto(LINK).set(LINK.KIND, kind.name()).set(LINK.LOCAL_ID, local).set(LINK.STRIPE_ID, remote).execute();
    }

    /** Lets another object at Stripe stand for a thing from now on, on every node. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void relink(Kind kind, UUID local, String remote) {
        db.insertInto(LINK)
                .set(LINK.KIND, kind.name())
                .set(LINK.LOCAL_ID, local)
                .set(LINK.STRIPE_ID, remote)
                .onConflict(LINK.KIND, LINK.LOCAL_ID)
                .doUpdate()
                .set(LINK.STRIPE_ID, remote)
                .execute();
        broadcasts.send(TOPIC, local.toString());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                forget();
            }
        });
    }

    @EventListener
    void on(BroadcastReceived message) {
        if (message.topic().equals(TOPIC)) {
            forget();
        }
    }

    @EventListener
    void on(BroadcastInterrupted interrupted) {
        forget();
    }

    private void forget() {
        remotes.clear();
        locals.clear();
    }
}
