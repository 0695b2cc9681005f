package dev.headroom.usage;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.FeatureId;
import dev.headroom.usage.Rebuilds.Found;
import java.util.List;
import java.util.Map;
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

/** The command {@code rebuild-usage}: {@code --account} for one account alone, {@code --apply} to correct what is found. */
@Component
@ConditionalOnProperty(name = "headroom.command", havingValue = "rebuild-usage")
class RebuildListener implements ExitCodeGenerator {

    static final int AGREES = 0;
    static final int DIFFERS = 1;
    static final int FAILED = 2;

    private static final Actor.System SELF = new Actor.System("usage");

    private final Rebuilds rebuilds;
    private final Accounts accounts;
    private final Catalog catalog;
    private final ApplicationArguments arguments;
    private int exitCode = FAILED;

    RebuildListener(Rebuilds rebuilds, Accounts accounts, Catalog catalog, ApplicationArguments arguments) {
        this.rebuilds = rebuilds;
        this.accounts = accounts;
        this.catalog = catalog;
        this.arguments = arguments;
    }

    @EventListener
    void on(ApplicationReadyEvent ready) {
        List<String> account = Optional.ofNullable(arguments.getOptionValues("account")).orElse(List.of());
        exitCode = run(account.isEmpty() ? null : account.getFirst(), arguments.containsOption("apply"), System.out::println);
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    /**
     * @param key of one account; absent for all
     * @param say told of every difference, and in the end of all of them
     * @return what the command exits with
     */
    int run(@Nullable String key, boolean apply, Consumer<String> say) {
        if (key == null) {
            return told(all(apply, say), apply, say);
        }
        Map<String, Account> found = accounts.byKeys(SELF, Set.of(key));
        if (!found.containsKey(key)) {
            say.accept("No account has the key \"" + key + "\"; give the key that your own system knows it by.");
            return FAILED;
        }
        return told(one(found.get(key), apply, say), apply, say);
    }

    private Found all(boolean apply, Consumer<String> say) {
        Found found = Found.NOTHING;
        Optional<AccountId> account = rebuilds.next(null);
        while (account.isPresent()) {
            found = found.and(one(accounts.byId(SELF, account.get()), apply, say));
            account = rebuilds.next(account.get());
        }
        return found;
    }

    private Found one(Account account, boolean apply, Consumer<String> say) {
        Consumer<Difference> each = difference -> say.accept(
                account.key() + ", " + catalog.snapshot().feature(new FeatureId(difference.key().feature())).key() + ", " + difference.words());
        return apply ? rebuilds.correct(account.id(), each) : rebuilds.compare(account.id(), each);
    }

    private static int told(Found found, boolean apply, Consumer<String> say) {
        String looked = number(found.events(), "event") + " of " + number(found.accounts(), "account") + " counted again: ";
        if (found.outOfReach() > 0) {
            say.accept(number(found.outOfReach(), "window") + " not looked at: they reach back to events that are not kept any more.");
        }
        if (found.differences() == 0) {
            say.accept(looked + "everything agrees.");
            return AGREES;
        }
        say.accept(looked + number(found.differences(), "difference") + (apply
                ? ", corrected."
                : ". Nothing was changed; ./headroom rebuild-usage --apply corrects what is kept."));
        return apply ? AGREES : DIFFERS;
    }

    private static String number(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
