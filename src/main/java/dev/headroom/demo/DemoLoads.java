package dev.headroom.demo;

import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.demo.Pasts.Past;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Loads the demo vendor: what it sells at once, its history afterwards; each only into a database that has nothing else. */
@Service
class DemoLoads {

    private static final Logger LOG = LoggerFactory.getLogger(DemoLoads.class);
    private static final int LINES = 10;

    private final VendorRepository vendors;
    private final DemoCatalogs catalogs;
    private final Pasts pasts;
    private final DemoProperties properties;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    DemoLoads(
            VendorRepository vendors, DemoCatalogs catalogs, Pasts pasts, DemoProperties properties, ApplicationEventPublisher events,
            InstantSource clock) {
        this.vendors = vendors;
        this.catalogs = catalogs;
        this.pasts = pasts;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /** The node that makes the vendor puts the catalogue on sale. @return the past, if it is still to be told, by whichever node */
    Optional<Past> prepare() {
        Optional<Vendor> known = vendors.find();
        if (known.isEmpty() && !catalogs.empty()) {
            LOG.info("This database has a catalogue already, so the demo vendor stays out of it");
            return Optional.empty();
        }
        return known.isPresent() ? known.filter(vendor -> vendor.loadedAt() == null).map(pasts::of) : Optional.of(first());
    }

    private Past first() {
        boolean made = vendors.insert(new Vendor(
                properties.demoSeed(), properties.demoAccounts(), clock.instant().truncatedTo(ChronoUnit.SECONDS), null));
        Past past = pasts.of(vendors.find().orElseThrow());
        if (made) {
            past.sell();
            // Nobody listens to broadcasts yet, and what this node remembers is an empty catalogue.
            events.publishEvent(new BroadcastInterrupted());
        }
        return past;
    }

    /** Whether all has been told, by whichever node. */
    boolean done() {
        return vendors.find().filter(vendor -> vendor.loadedAt() == null).isEmpty();
    }

    /** @param say takes a line about every tenth of the accounts */
    void load(Past past, BooleanSupplier stopped, Consumer<String> say) {
        int accounts = past.vendor().accounts();
        int every = Math.max(1, accounts / LINES);
        IntConsumer progress = done -> {
            if (done % every == 0 && done < accounts) {
                say.accept("Demo vendor: " + done + " of " + accounts + " accounts");
            }
        };
        if (past.tell(stopped, progress)) {
            vendors.loaded(clock.instant());
            say.accept("Demo vendor: all " + accounts + " accounts");
        }
    }
}
