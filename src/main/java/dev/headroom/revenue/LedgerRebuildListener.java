package dev.headroom.revenue;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.revenue.LedgerRebuilds.Compared;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The command {@code rebuild-ledger}: {@code --account} for one account alone. It tells what differs, and changes nothing. */
@Component
@ConditionalOnProperty(name = "headroom.command", havingValue = "rebuild-ledger")
class LedgerRebuildListener implements ExitCodeGenerator {

    static final int AGREES = 0;
    static final int DIFFERS = 1;
    static final int FAILED = 2;

    private static final Actor.System SELF = new Actor.System("revenue");

    private final LedgerRebuilds rebuilds;
    private final Accounts accounts;
    private final ApplicationArguments arguments;
    private int exitCode = FAILED;

    LedgerRebuildListener(LedgerRebuilds rebuilds, Accounts accounts, ApplicationArguments arguments) {
        this.rebuilds = rebuilds;
        this.accounts = accounts;
        this.arguments = arguments;
    }

    @EventListener
    void on(ApplicationReadyEvent ready) {
        exitCode = run(Optional.ofNullable(arguments.getOptionValues("account")).flatMap(values -> values.stream().findFirst()).orElse(null), System.out::println);
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    /**
     * @param key of one account; absent for all, and the totals
     * @param say told of every difference, and in the end of how much was compared
     * @return what the command exits with
     */
    int run(@Nullable String key, Consumer<String> say) {
        long[] found = new long[4];
        if (key != null) {
            Account account = accounts.byKeys(SELF, Set.of(key)).get(key);
            if (account == null) {
                say.accept("No account has the key \"" + key + "\"; give the key that your own system knows it by.");
                return FAILED;
            }
            compare(account.id(), found, say);
        } else {
            for (Optional<AccountId> id = rebuilds.next(null); id.isPresent(); id = rebuilds.next(id.get())) {
                compare(id.get(), found, say);
            }
            rebuilds.compareTotals(difference -> {
                found[2]++;
                say.accept(difference);
            });
        }
        if (found[3] > 0) {
            say.accept(found[3] + " movements keep the name that earlier rules gave them; their amounts and months agree.");
        }
        say.accept(found[1] + " movements of " + found[0] + " accounts reckoned again: " + (found[2] == 0 ? "everything agrees." : found[2] + " differences; nothing was changed. The mutation correctRevenue puts an account right."));
        return found[2] == 0 ? AGREES : DIFFERS;
    }

    private void compare(AccountId id, long[] found, Consumer<String> say) {
        String named = accounts.byId(SELF, id).key();
        found[0]++;
        Compared compared = rebuilds.compare(id, difference -> {
            found[2]++;
            say.accept(named + ", " + difference);
        });
        found[1] += compared.movements();
        found[3] += compared.renamed();
    }
}
