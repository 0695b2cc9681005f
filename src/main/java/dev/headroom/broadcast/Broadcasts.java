package dev.headroom.broadcast;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Sends messages to every node. */
@Service
public class Broadcasts {

    static final String CHANNEL = "headroom";
    static final String SEPARATOR = "\n";

    private final DSLContext db;

    Broadcasts(DSLContext db) {
        this.db = db;
    }

    /** Sends with the commit of the running transaction; the same message twice in one transaction arrives once. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void send(String topic, String payload) {
        db.select(DSL.field("pg_notify({0}, {1})", Object.class, DSL.val(CHANNEL), DSL.val(topic + SEPARATOR + payload))).fetch();
    }
}
