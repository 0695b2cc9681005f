package dev.headroom.console.account;

import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.PlanChangeRecords;
import dev.headroom.change.PlanChanges;
import dev.headroom.invoice.Invoices;
import dev.headroom.subscription.Subscriptions;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** What is asked about one plan change. */
@Component
record PlanChangeServices(
        PlanChanges changes, PlanChangeRecords records, PlanChangeCancellations cancellations, Subscriptions subscriptions, Invoices invoices, InstantSource clock) {}
