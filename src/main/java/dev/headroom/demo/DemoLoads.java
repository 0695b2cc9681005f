package dev.headroom.demo;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private final InstantSource clock;

    DemoLoads(VendorRepository vendors, DemoCatalogs catalogs, Pasts pasts, DemoProperties properties, InstantSource clock) {
        this.vendors = vendors;
        this.catalogs = catalogs;
        this.pasts = pasts;
        this.properties = properties;
        this.clock = clock;
    }

    /** Puts the catalogue on sale. @return the vendor, if its history is still to be told */
    Optional<Vendor> prepare() {
        Optional<Vendor> known = vendors.find();
        if (known.isEmpty() && !catalogs.empty()) {
            LOG.info("This database has a catalogue already, so the demo vendor stays out of it");
            return Optional.empty();
        }
        Vendor vendor = known.orElseGet(this::first);
        if (vendor.loadedAt() != null) {
            return Optional.empty();
        }
        catalogs.create();
        return Optional.of(vendor);
    }

    private Vendor first() {
        Vendor vendor = new Vendor(
                properties.demoSeed(), properties.demoAccounts(), clock.instant().truncatedTo(ChronoUnit.SECONDS), null);
        vendors.insert(vendor);
        return vendor;
    }

    /** @param say takes a line about every tenth of the accounts */
    void load(Vendor vendor, BooleanSupplier stopped, Consumer<String> say) {
        int every = Math.max(1, vendor.accounts() / LINES);
        IntConsumer progress = done -> {
            if (done % every == 0 && done < vendor.accounts()) {
                say.accept("Demo vendor: " + done + " of " + vendor.accounts() + " accounts");
            }
        };
        if (pasts.tell(vendor, stopped, progress)) {
            vendors.loaded(clock.instant());
            say.accept("Demo vendor: all " + vendor.accounts() + " accounts");
        }
    }
}
