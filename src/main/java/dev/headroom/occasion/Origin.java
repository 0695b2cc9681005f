package dev.headroom.occasion;

/** Where an occasion came from. */
public enum Origin {
    /** Somebody signed in to the console. */
    CONSOLE,
    /** The vendor's backend. */
    API_KEY,
    /** A user of one account, through the vendor's frontend. */
    ACCOUNT_TOKEN,
    /** An event of Stripe's. */
    STRIPE,
    /** Nobody outside: a job, the demo vendor, the first start. */
    SYSTEM
}
