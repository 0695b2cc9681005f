package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.console.PaletteSource;
import dev.headroom.console.SignedIn;
import dev.headroom.id.Ids;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Accounts by name, key, e-mail or id, and subscriptions by their ids, ours or Stripe's; the database is asked once something is typed. */
@Component
@Order(3)
class AccountChoices implements PaletteSource {

    private static final int MOST = 8;

    private final Accounts accounts;
    private final Subscriptions subscriptions;

    AccountChoices(Accounts accounts, Subscriptions subscriptions) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
    }

    @Override
    public Stream<Choice> find(SignedIn signedIn, String needle) {
        if (needle.isEmpty()) {
            return Stream.empty();
        }
        Optional<UUID> id = Ids.parse(needle);
        if (id.isPresent()) {
            return Stream.concat(ofId(signedIn, new AccountId(id.get())), subscription(signedIn, needle));
        }
        return Stream.concat(
                accounts.page(signedIn.actor(), needle, null, MOST).stream().map(AccountChoices::choice),
                needle.startsWith("sub_") ? subscription(signedIn, needle) : Stream.empty());
    }

    private Stream<Choice> ofId(SignedIn signedIn, AccountId id) {
        return Stream.ofNullable(accounts.byIds(signedIn.actor(), List.of(id)).get(id)).map(AccountChoices::choice);
    }

    private Stream<Choice> subscription(SignedIn signedIn, String id) {
        return subscriptions.accountOf(signedIn.actor(), id).stream()
                .flatMap(owner -> ofId(signedIn, owner))
                .map(owner -> new Choice(translate("palette.subscription"), owner.name(), id, owner.act()));
    }

    private static Choice choice(Account account) {
        return new Choice(translate("palette.account"), account.name(), account.key(), () -> UI.getCurrent().navigate("accounts/" + account.key()));
    }
}
