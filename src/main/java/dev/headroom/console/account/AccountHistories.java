package dev.headroom.console.account;

import com.vaadin.flow.component.Component;
import dev.headroom.console.SignedIn;
import dev.headroom.console.audit.Activity;
import dev.headroom.console.revenue.MovementLists;

/** What became of an account, as it was written down: who did what to it, and what its revenue moved by. */
@org.springframework.stereotype.Component
class AccountHistories {

    private final Activity activity;
    private final MovementLists movements;

    AccountHistories(Activity activity, MovementLists movements) {
        this.activity = activity;
        this.movements = movements;
    }

    Component activity(AccountReading reading, SignedIn signedIn) {
        return activity.of(signedIn, reading.account());
    }

    /** For whoever may see REVENUE. */
    Component revenue(AccountReading reading, SignedIn signedIn) {
        return movements.of(signedIn, reading.account());
    }
}
