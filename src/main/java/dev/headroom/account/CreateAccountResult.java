package dev.headroom.account;

/** What came of {@link CreateAccount}. */
public sealed interface CreateAccountResult {

    record AccountCreated(Account account) implements CreateAccountResult {}

    /** Another command made an account with this key. */
    record AccountKeyTaken(Account account) implements CreateAccountResult {}
}
