package dev.headroom.usage;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.FeatureId;
import dev.headroom.usage.Rebuilds.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The command {@code rebuild-usage}: {@code --account} for one account alone, {@code --after} for those behind one that was done before, {@code --apply}
 * to correct what is found. An account that fails does not keep it from the others.
 */
@Component
@ConditionalOnProperty(name = "headroom.command", havingValue = "rebuild-usage")
class RebuildListener implements ExitCodeGenerator {

    static final int AGREES = 0;
    static final int DIFFERS = 1;
    static final int FAILED = 2;
    private static final int SAID_EVERY = 1_000;

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
        exitCode = run(given("account"), given("after"), arguments.containsOption("apply"), System.out::println);
    }

    private @Nullable String given(String option) {
        return Optional.ofNullable(arguments.getOptionValues(option)).flatMap(values -> values.stream().findFirst()).orElse(null);
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    /**
     * @param key   of one account; absent for all
     * @param after of the account that the others of all come behind; absent for the very first
     * @param say   told of every difference, and in the end of all of them
     * @return what the command exits with
     */
    int run(@Nullable String key, @Nullable String after, boolean apply, Consumer<String> say) {
        String named = key == null ? after : key;
        Account account = named == null ? null : accounts.byKeys(SELF, Set.of(named)).get(named);
        if (named != null && account == null) {
            say.accept("No account has the key \"" + named + "\"; give the key that your own system knows it by.");
            return FAILED;
        }
        List<String> failed = new ArrayList<>();
        Found found = key == null ? all(account, apply, say, failed) : tried(Objects.requireNonNull(account), apply, say, failed);
        if (failed.isEmpty()) {
            return told(found, apply, say);
        }
        if (found.accounts() > 0) {
            told(found, apply, say);
        }
        say.accept(number(failed.size(), "account") + " not done; once the cause is gone, run it again for: " + String.join(", ", failed));
        return FAILED;
    }

    private Found all(@Nullable Account after, boolean apply, Consumer<String> say, List<String> failed) {
        Found found = Found.NOTHING;
        Optional<AccountId> id = rebuilds.next(after == null ? null : after.id());
        while (id.isPresent()) {
            Account account = accounts.byId(SELF, id.get());
            found = found.and(tried(account, apply, say, failed));
            if (found.accounts() % SAID_EVERY == 0) {
                say.accept(number(found.accounts(), "account") + " done; what is broken off now goes on with: --after " + account.key());
            }
            id = rebuilds.next(id.get());
        }
        return found;
    }

    /** What the database refuses again and again is the matter of one account: the others are counted all the same. */
    private Found tried(Account account, boolean apply, Consumer<String> say, List<String> failed) {
        try {
            return one(account, apply, say);
        } catch (DataAccessException refused) {
            failed.add(account.key());
            say.accept(account.key() + ", not done: " + NestedExceptionUtils.getMostSpecificCause(refused).getMessage());
            return Found.NOTHING;
        }
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
