package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.id.Ids;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which version of what an account may use is in force. Whoever changes that raises it in the same transaction; whoever read it, and what
 * it stands for after it, takes with {@link Consumptions} exactly what is allowed, however old the knowledge.
 */
@Service
public class TermsVersions {

    private final TermsRepository terms;

    TermsVersions(TermsRepository terms) {
        this.terms = terms;
    }

    /**
     * What is in force for one account.
     *
     * @param version    0 as long as nothing has changed
     * @param sources    names the last change of what is granted to the account beyond what it bought; absent while nothing ever was
     * @param everybodys the same of what is granted to many
     */
    public record InForce(long version, @Nullable UUID sources, @Nullable UUID everybodys) {}

    /** Because something was bought, or has ended. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void raise(AccountId account) {
        terms.raise(account.value());
    }

    /** Because something is granted, or not any more, beyond what was bought. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void raiseSources(Collection<AccountId> accounts) {
        terms.raiseAll(accounts.stream().map(AccountId::value).sorted().toList(), Ids.next());
    }

    /** The same of every account, for what is granted to many. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void raiseAll() {
        terms.raiseAll(List.of(TermsRepository.EVERYBODY), Ids.next());
    }

    /** Of every account that is asked for; one statement. */
    public Map<AccountId, InForce> of(Collection<AccountId> accounts) {
        return terms.versions(accounts);
    }
}
