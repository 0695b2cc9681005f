package dev.headroom.actor;

/** What may be granted, one by one, to an API key or an account token; console roles are sets of these. */
public enum Permission {
    /** See accounts, subscriptions, meters, entitlements and plans. */
    READ,
    /** Ask what a change would cost. */
    QUOTE,
    /** Spend the account's money: accept quotes, start subscriptions, save payment methods. */
    CHANGE,
    /** Record usage. */
    USAGE,
    /** Create accounts and members, assign seats, mint account tokens. */
    ACCOUNTS,
    /** Prepare what is sold: products, features, drafts; puts nothing on sale. */
    CATALOG,
    /** Put versions of plans, offers and bundles on sale and off, move those to a version who are there, and say how customers may move. */
    PUBLISH,
    /** Decide about what is not sold without approval. */
    APPROVE,
    /** See the figures of revenue, every account's, and say how they are told. */
    REVENUE,
    /** Manage API keys and console users. */
    ADMIN
}
