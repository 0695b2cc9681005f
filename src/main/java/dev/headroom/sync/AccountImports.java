package dev.headroom.sync;

import static java.util.stream.Collectors.toSet;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.account.CreateAccount;
import dev.headroom.account.CreateAccountResult;
import dev.headroom.actor.Actor;
import dev.headroom.error.HeadroomException;
import dev.headroom.stripe.StripeAccountGateway.CustomerAtStripe;
import dev.headroom.sync.ImportFinding.ImportedKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Takes in customers of Stripe as accounts, under the key by which the vendor knows them. */
@Service
class AccountImports {

    private static final Actor.System SELF = new Actor.System("import");

    private final Accounts accounts;
    private final FindingRepository findings;

    AccountImports(Accounts accounts, FindingRepository findings) {
        this.accounts = accounts;
        this.findings = findings;
    }

    void take(Walk walk, List<CustomerAtStripe> customers) {
        Map<String, Account> known = accounts.byCustomers(SELF, customers.stream().map(CustomerAtStripe::id).collect(toSet()));
        Map<String, ImportFinding> done = findings.of(walk, ImportedKind.CUSTOMER, customers.stream().map(CustomerAtStripe::id).toList());
        for (CustomerAtStripe customer : customers) {
            if (!done.containsKey(customer.id())) {
                findings.put(walk, Optional.ofNullable(known.get(customer.id()))
                        .map(account -> ImportFinding.known(ImportedKind.CUSTOMER, customer.id(), name(customer), account.key()))
                        .orElseGet(() -> take(walk, customer)));
            }
        }
    }

    private ImportFinding take(Walk walk, CustomerAtStripe customer) {
        CreateAccount command = command(walk, customer);
        try {
            Optional<Account> same = accounts.creating(SELF, command);
            if (same.isPresent() && same.get().stripeCustomer() != null) {
                return refused(customer, "The key " + command.key() + " is an account’s that has another customer, " + same.get().stripeCustomer());
            }
            if (findings.became(walk, ImportedKind.CUSTOMER, command.key())) {
                return refused(customer, "Another customer has the key " + command.key() + " too");
            }
            if (walk.kind() == Walk.Kind.IMPORT) {
                accounts.linkCustomer(SELF, same.orElseGet(() -> made(command)).id(), customer.id());
            }
            return ImportFinding.mapped(ImportedKind.CUSTOMER, customer.id(), name(customer), command.key());
        } catch (HeadroomException wrong) {
            return refused(customer, String.valueOf(wrong.getMessage()));
        }
    }

    private Account made(CreateAccount command) {
        return switch (accounts.create(SELF, command)) {
            case CreateAccountResult.AccountCreated(Account account) -> account;
            case CreateAccountResult.AccountKeyTaken(Account account) -> account;
        };
    }

    private static CreateAccount command(Walk walk, CustomerAtStripe customer) {
        String key = Optional.ofNullable(customer.metadata().get(walk.settings().keyField())).filter(value -> !value.isBlank()).orElse(customer.id());
        return new CreateAccount(
                "import:" + customer.id(), key.strip(), name(customer), customer.email(),
                Optional.ofNullable(customer.currency()).orElse(walk.settings().currency()), customer.country(), null);
    }

    private static String name(CustomerAtStripe customer) {
        return Stream.of(customer.name(), customer.email(), customer.id()).filter(each -> !each.isBlank()).findFirst().orElseThrow();
    }

    private static ImportFinding refused(CustomerAtStripe customer, String reason) {
        return ImportFinding.notMapped(ImportedKind.CUSTOMER, customer.id(), name(customer), reason);
    }
}
