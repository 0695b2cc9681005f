package dev.headroom.usage;

import dev.headroom.account.AccountId;
import java.util.Collection;
import java.util.Map;
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

    @Transactional(propagation = Propagation.MANDATORY)
    public void raise(AccountId account) {
        terms.raise(account);
    }

    /** Of every account, for what changes for all. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void raiseAll() {
        terms.raiseAll();
    }

    /** 0 for an account for which nothing has changed yet; one statement. */
    public Map<AccountId, Long> of(Collection<AccountId> accounts) {
        return terms.versions(accounts);
    }
}
