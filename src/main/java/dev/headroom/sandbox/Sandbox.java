package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stand-in for Stripe that speaks its wire format over HTTP and keeps its state in PostgreSQL. Point stripe-java at it with
 * {@code StripeClient.builder().setApiKey(sandbox.secretKey()).setApiBase(sandbox.url().toString())}.
 *
 * <p>Time is the clock's: nothing renews, expires or is delivered until somebody calls {@link #catchUp()} or
 * {@link #deliverWebhooks()}, and then everything happens that was due. A request to change a subscription whose time has come
 * catches up for that customer first. For customers that go by a test clock it is that clock's. Safe for use by many threads, and by many processes on one database.
 */
public final class Sandbox implements AutoCloseable {

    private static final String PORT = "port";

    private final TransactionRepository transactions;
    private final InstantSource clock;
    private final SandboxOptions options;
    private final Taxation taxation;
    private final Clockwork clockwork;
    private final Webhooks webhooks;
    private final String secretKey;
    private final String account;
    private @Nullable HttpFront front;

    /** @param dataSource of a database that has the schema {@code sandbox} */
    public Sandbox(DataSource dataSource, InstantSource clock, SandboxOptions options) {
        this.transactions = new TransactionRepository(dataSource);
        this.clock = clock;
        this.options = options;
        this.taxation = new Taxation(options.taxPercent(), transactions.setting("tax_rate", () -> Tokens.id("txr")));
        this.clockwork = new Clockwork(transactions, clock, taxation);
        this.webhooks = new Webhooks(transactions, clock, this::shown);
        String key = options.secretKey();
        this.secretKey = key != null ? key : transactions.setting("secret_key", () -> Tokens.secret("sk_test"));
        this.account = transactions.setting("account", () -> Tokens.id("acct"));
    }

    /** Begins to listen; does nothing when it listens already. */
    public synchronized void start() {
        if (front == null) {
            int last = Integer.parseInt(transactions.setting(PORT, () -> "0"));
            if (options.port() == SandboxOptions.ASIDE) {
                front = listening(0, last);
                return;
            }
            front = options.port() == 0 ? again(last) : listening(options.port(), 0);
            transactions.set(PORT, String.valueOf(front.url().getPort()));
        }
    }

    /** Where it listened the last time, so that links that were given out still lead somewhere; elsewhere if that is taken now. */
    private HttpFront again(int last) {
        try {
            return listening(last, 0);
        } catch (UncheckedIOException taken) {
            return listening(0, 0);
        }
    }

    /** @param pages the port that links lead to; 0 for its own */
    private HttpFront listening(int port, int pages) {
        Faults faults = new Faults();
        return new HttpFront(port, pages, new Reception(transactions, routes(account, faults), faults, clockwork, clock, taxation, secretKey),
                new InvoicePages(transactions, clock, taxation), new Watch(transactions, clock, account, this::shown));
    }

    /** @throws IllegalStateException before {@link #start()} and after {@link #close()} */
    public synchronized URI url() {
        if (front == null) {
            throw new IllegalStateException("The Stripe sandbox is not running");
        }
        return front.url();
    }

    public synchronized boolean isRunning() {
        return front != null;
    }

    public String secretKey() {
        return secretKey;
    }

    /**
     * Does everything that is due by the clock's now: renewals, ends of trials, cancellations, expiries, repeated payment
     * attempts; in the order of their times, with events dated so. Does nothing while somebody holds renewals off.
     */
    public void catchUp() {
        clockwork.catchUp();
        clockwork.forget();
    }

    /** The same for one customer, whoever holds renewals off. */
    public void catchUp(String customerId) {
        clockwork.catchUp(customerId);
    }

    /** Whether invoices of renewals stay drafts for an hour from now on, as Stripe's do, instead of being finalised at once. */
    public void keepDrafts(boolean kept) {
        clockwork.keepDrafts(kept);
    }

    /** What becomes of a subscription whose invoice nobody could collect; it stays past due unless somebody says otherwise. */
    public void dunning(Dunning chosen) {
        clockwork.dunning(chosen);
    }

    /**
     * Taxes at another rate from now on, as when the law changes; until the next start, which begins with its options' again.
     *
     * @param percent null for none
     */
    public void taxAt(@Nullable BigDecimal percent) {
        SandboxOptions.requirePercentage(percent);
        taxation.rate(percent);
    }

    /**
     * Gives a customer a coupon, as somebody does in Stripe's dashboard, for the API has no way to: what it takes off is taken off every
     * subscription that has no discount of its own.
     */
    public void discount(String customerId, String couponId) {
        transactions.run(transaction -> {
            Session session = new Session(transaction, clock.instant().truncatedTo(ChronoUnit.SECONDS), taxation, null, null);
            ObjectNode customer = Customers.loadToChange(session, customerId, "customer");
            new Discounts(session).give(customer, couponId);
            return customer;
        });
    }

    /** Attempts every delivery to webhook endpoints that is due by the clock's now. @return how many arrived */
    public int deliverWebhooks() {
        return webhooks.deliver();
    }

    /**
     * Keeps {@link #catchUp()} from doing anything, on every node, until closed; takes a connection for as long. Empty while somebody
     * else does, or does something that is due at this very moment.
     */
    public Optional<AutoCloseable> holdRenewals() {
        return transactions.hold(Clockwork.RENEWALS);
    }

    /** Stops for good; requests that are being answered are cut off, and what they had not committed has not happened. */
    @Override
    public synchronized void close() {
        if (front != null) {
            front.close();
            front = null;
        }
    }

    /** What is sent out links to where the sandbox listens now, which is elsewhere after every start. */
    private synchronized String shown(String body) {
        return front == null ? body : front.linked(body);
    }

    private static Routes routes(String account, Faults faults) {
        Routes routes = new Routes();
        faults.addTo(routes);
        Accounts.addTo(routes, account);
        Customers.addTo(routes);
        CustomerBalance.addTo(routes);
        PaymentMethods.addTo(routes);
        Products.addTo(routes);
        Prices.addTo(routes);
        Meters.addTo(routes);
        MeterEvents.addTo(routes);
        CoreEvents.addTo(routes);
        Coupons.addTo(routes);
        PromotionCodes.addTo(routes);
        DiscountRemovals.addTo(routes);
        Subscriptions.addTo(routes);
        SubscriptionItems.addTo(routes);
        SubscriptionSchedules.addTo(routes);
        Invoices.addTo(routes);
        InvoiceItems.addTo(routes);
        InvoicePayments.addTo(routes);
        PaymentIntents.addTo(routes);
        CardCharges.addTo(routes);
        Refunds.addTo(routes);
        Disputes.addTo(routes);
        TaxIds.addTo(routes);
        SetupIntents.addTo(routes);
        Events.addTo(routes);
        TestClocks.addTo(routes);
        WebhookEndpoints.addTo(routes);
        return routes;
    }
}
