package dev.headroom.broadcast;

import dev.headroom.id.Ids;
import dev.headroom.postgres.Writes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Sends messages to every node, and forgets what they say is out of date. */
@Service
public class Broadcasts {

    static final String CHANNEL = "headroom";
    static final String SEPARATOR = "\n";

    private final DSLContext db;
    private final Writes writes;
    private final List<Remembered<?>> memories = new CopyOnWriteArrayList<>();

    Broadcasts(DSLContext db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    /** Sends with the commit of the running transaction, all of its messages in one statement; the same message twice in one transaction arrives once. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void send(String topic, String payload) {
        TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Unsent.class::isInstance)
                .map(Unsent.class::cast)
                .findFirst()
                .orElseGet(this::unsent)
                .add(topic + SEPARATOR + payload);
    }

    private Unsent unsent() {
        Unsent made = new Unsent();
        TransactionSynchronizationManager.registerSynchronization(made);
        return made;
    }

    /** The messages of one transaction. */
    private final class Unsent implements TransactionSynchronization {

        private final Set<String> messages = new LinkedHashSet<>();
        private boolean committing;

        /** What somebody says while it is committed already, nobody would gather. */
        void add(String message) {
            messages.add(message);
            if (committing) {
                send();
            }
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            committing = true;
            send();
        }

        private void send() {
            writes.beforeCommit(db.resultQuery("select pg_notify({0}, message) from unnest({1}) as message", DSL.val(CHANNEL), DSL.val(messages.toArray(String[]::new))));
            messages.clear();
        }
    }

    /**
     * Something that every node remembers for as long as the process runs; for who asks once, when it begins.
     *
     * @param topic of its own, of which nobody else sends
     */
    public <V> Remembered<V> remembered(String topic, Supplier<V> load) {
        Remembered<V> made = new Remembered<>(this, topic, load);
        memories.add(made);
        return made;
    }

    void changed(Remembered<?> memory) {
        send(memory.topic(), Ids.next().toString());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                memory.forget();
            }

            /** What somebody has read within it is nobody's. */
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    memory.forget();
                }
            }
        });
    }

    @EventListener
    void on(BroadcastReceived message) {
        memories.stream().filter(memory -> memory.topic().equals(message.topic())).forEach(Remembered::forget);
    }

    @EventListener
    void on(BroadcastInterrupted interrupted) {
        memories.forEach(Remembered::forget);
    }
}
