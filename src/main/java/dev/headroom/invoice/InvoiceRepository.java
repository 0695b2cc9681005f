package dev.headroom.invoice;

import static dev.headroom.invoice.jooq.Tables.INVOICE;
import static dev.headroom.invoice.jooq.Tables.LINE;
import static dev.headroom.invoice.jooq.Tables.READING;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.headroom.account.AccountId;
import dev.headroom.invoice.Invoice.Amounts;
import dev.headroom.invoice.Invoice.Dispute;
import dev.headroom.invoice.Invoice.Line;
import dev.headroom.invoice.Invoice.Reason;
import dev.headroom.invoice.Invoice.Reason;
import dev.headroom.invoice.Invoice.Status;
import dev.headroom.invoice.Invoice.Times;
import dev.headroom.invoice.jooq.tables.records.InvoiceRecord;
import dev.headroom.invoice.jooq.tables.records.LineRecord;
import dev.headroom.money.Money;
import dev.headroom.postgres.Writes;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record1;
import org.jooq.SelectField;
import org.jooq.SelectJoinStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Reads and writes invoices whole, lines and all. */
@Repository
class InvoiceRepository {

    private static final Field<List<Line>> LINES = multiset(select(
                            LINE.DESCRIPTION, row(LINE.PERIOD_FROM, LINE.PERIOD_UNTIL).mapping(Period::new), LINE.QUANTITY,
                            row(LINE.AMOUNT_MINOR, INVOICE.CURRENCY).mapping(Money::new), row(LINE.DISCOUNT_MINOR, INVOICE.CURRENCY).mapping(Money::new),
                            row(LINE.TAX_MINOR, INVOICE.CURRENCY).mapping(Money::new), LINE.PRORATION, LINE.USAGE_MONTHS)
                    .from(LINE)
                    .where(LINE.ACCOUNT_ID.eq(INVOICE.ACCOUNT_ID), LINE.INVOICE_ID.eq(INVOICE.ID))
                    .orderBy(LINE.POSITION))
            .convertFrom(rows -> rows.map(mapping(Line::new)));

    private static final SelectField<Amounts> AMOUNTS = row(
                    money(INVOICE.SUBTOTAL_MINOR), money(INVOICE.DISCOUNT_MINOR), money(INVOICE.TAX_MINOR), money(INVOICE.TOTAL_MINOR),
                    money(INVOICE.BALANCE_MINOR), money(INVOICE.DUE_MINOR), money(INVOICE.PAID_MINOR), money(INVOICE.REMAINING_MINOR),
                    money(INVOICE.REFUNDED_MINOR))
            .mapping(Amounts::new);

    private static final SelectField<Invoice> WHOLE = row(
                    INVOICE.ACCOUNT_ID.convertFrom(AccountId::new), INVOICE.ID, INVOICE.STRIPE_ID,
                    INVOICE.SUBSCRIPTION_ID.convertFrom(id -> id == null ? null : new SubscriptionId(id)), INVOICE.NUMBER,
                    INVOICE.STATUS.convertFrom(Status::valueOf), INVOICE.REASON.convertFrom(Reason::valueOf), INVOICE.SENT,
                    row(INVOICE.CREATED_AT, INVOICE.FINALIZED_AT, INVOICE.DUE_AT, INVOICE.PAID_AT, INVOICE.NEXT_ATTEMPT_AT).mapping(Times::new),
                    INVOICE.ATTEMPTS, AMOUNTS, INVOICE.HOSTED_URL, INVOICE.PDF_URL,
                    row(INVOICE.DISPUTE_STATE, INVOICE.DISPUTE_REASON, INVOICE.DISPUTE_MINOR, INVOICE.CURRENCY, INVOICE.DISPUTE_ANSWER_BY)
                            .mapping(InvoiceRepository::dispute),
                    INVOICE.TAX_NUMBERS.convertFrom(List::of), LINES, INVOICE.REVISION)
            .mapping(Invoice::new);

    /** The revision of a new one. */
    static final long FIRST = 1;

    private final DSLContext db;
    private final Writes writes;

    InvoiceRepository(DSLContext db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    /** What a page may leave out. */
    record Filter(@Nullable Status status) {}

    Optional<Invoice> byId(AccountId account, UUID id) {
        return invoices().where(of(account), INVOICE.ID.eq(id)).fetchOptional(Record1::value1);
    }

    Optional<Invoice> byStripeId(String stripeId) {
        return invoices().where(INVOICE.STRIPE_ID.eq(stripeId)).fetchOptional(Record1::value1);
    }

    List<Invoice> byStripeIds(AccountId account, Collection<String> stripeIds) {
        return invoices().where(of(account), INVOICE.STRIPE_ID.in(stripeIds)).fetch(Record1::value1);
    }

    /** Each of an account of its own. */
    List<Invoice> byIds(Map<UUID, AccountId> accounts) {
        return invoices()
                .where(row(INVOICE.ACCOUNT_ID, INVOICE.ID).in(accounts.entrySet().stream().map(each -> row(each.getValue().value(), each.getKey())).toList()))
                .fetch(Record1::value1);
    }

    /** Newest first. */
    List<Invoice> page(AccountId account, Filter filter, @Nullable UUID after, int size) {
        return invoices()
                .where(of(account), filter.status() == null ? noCondition() : INVOICE.STATUS.eq(filter.status().name()), follows(account, after))
                .orderBy(INVOICE.CREATED_AT.desc(), INVOICE.ID.desc())
                .limit(size)
                .fetch(Record1::value1);
    }

    /** Those that ask for money, the oldest first. */
    List<Invoice> payable(AccountId account, int most) {
        return invoices()
                .where(of(account), INVOICE.STATUS.in(Status.OPEN.name(), Status.UNCOLLECTIBLE.name()), INVOICE.REMAINING_MINOR.gt(0L))
                .orderBy(INVOICE.CREATED_AT, INVOICE.ID)
                .limit(most)
                .fetch(Record1::value1);
    }

    Optional<Invoice> newestDisputed(AccountId account, SubscriptionId subscription) {
        return invoices()
                .where(of(account), INVOICE.SUBSCRIPTION_ID.eq(subscription.value()), INVOICE.DISPUTE_STATE.eq(Dispute.State.OPEN.name()))
                .orderBy(INVOICE.CREATED_AT.desc(), INVOICE.ID.desc())
                .limit(1)
                .fetchOptional(Record1::value1);
    }

    /** Whether of a subscription's renewals the newest that was paid or given up was given up; one that still may be paid says neither. */
    boolean givenUp(AccountId account, SubscriptionId subscription) {
        return db.select(INVOICE.STATUS)
                .from(INVOICE)
                .where(of(account), INVOICE.SUBSCRIPTION_ID.eq(subscription.value()), INVOICE.REASON.eq(Reason.RENEWAL.name()))
                .and(INVOICE.STATUS.in(Status.PAID.name(), Status.UNCOLLECTIBLE.name()))
                .orderBy(INVOICE.CREATED_AT.desc(), INVOICE.ID.desc())
                .limit(1)
                .fetchOptional(INVOICE.STATUS)
                .filter(Status.UNCOLLECTIBLE.name()::equals)
                .isPresent();
    }

    boolean isRead(AccountId account) {
        return db.fetchExists(READING, READING.ACCOUNT_ID.eq(account.value()));
    }

    void read(AccountId account, Instant at) {
        db.insertInto(READING).set(READING.ACCOUNT_ID, account.value()).set(READING.AT, at).onConflictDoNothing().execute();
    }

    /** False, and nothing written, when somebody else wrote since. */
    boolean write(Invoice invoice) {
        InvoiceRecord row = record(invoice);
        boolean written = invoice.revision() == FIRST
                ? db.insertInto(INVOICE).set(row).onConflictDoNothing().execute() == 1
                : db.update(INVOICE).set(row).where(of(invoice.account()), INVOICE.ID.eq(invoice.id()), INVOICE.REVISION.eq(invoice.revision() - 1)).execute() == 1;
        if (written && invoice.revision() != FIRST) {
            db.deleteFrom(LINE).where(LINE.ACCOUNT_ID.eq(invoice.account().value()), LINE.INVOICE_ID.eq(invoice.id())).execute();
        }
        if (written && !invoice.lines().isEmpty()) {
            lines(invoice).execute();
        }
        return written;
    }

    /** In a transaction that reads nothing of it: writes one that nobody has written yet, its lines with the commit. False, and nothing written, where somebody has. */
    boolean add(Invoice invoice) {
        boolean written = db.insertInto(INVOICE).set(record(invoice)).onConflictDoNothing().execute() == 1;
        if (written && !invoice.lines().isEmpty()) {
            writes.beforeCommit(lines(invoice));
        }
        return written;
    }

    private Query lines(Invoice of) {
        return db.insertInto(LINE).set(IntStream.range(0, of.lines().size()).mapToObj(position -> line(of, position)).toList());
    }

    private static LineRecord line(Invoice of, int position) {
        Line line = of.lines().get(position);
        return new LineRecord()
                .setAccountId(of.account().value())
                .setInvoiceId(of.id())
                .setPosition(position)
                .setDescription(line.description())
                .setPeriodFrom(line.period().from())
                .setPeriodUntil(line.period().until())
                .setQuantity(line.quantity())
                .setAmountMinor(line.amount().minor())
                .setDiscountMinor(line.discount().minor())
                .setTaxMinor(line.tax().minor())
                .setProration(line.proration())
                .setUsageMonths(line.usageMonths());
    }

    private static InvoiceRecord record(Invoice from) {
        InvoiceRecord row = new InvoiceRecord()
                .setAccountId(from.account().value())
                .setId(from.id())
                .setStripeId(from.stripeId())
                .setSubscriptionId(from.subscriptionId() == null ? null : from.subscriptionId().value())
                .setNumber(from.number())
                .setStatus(from.status().name())
                .setReason(from.reason().name())
                .setSent(from.sent())
                .setCurrency(from.total().currency())
                .setAttempts(from.attempts())
                .setHostedUrl(from.hostedUrl())
                .setPdfUrl(from.pdfUrl())
                .setTaxNumbers(from.taxNumbers().toArray(String[]::new))
                .setRevision(from.revision());
        write(from.times(), row);
        write(from.amounts(), row);
        write(from.dispute(), row);
        return row;
    }

    private static void write(Times times, InvoiceRecord row) {
        row.setCreatedAt(times.createdAt())
                .setFinalizedAt(times.finalizedAt())
                .setDueAt(times.dueAt())
                .setPaidAt(times.paidAt())
                .setNextAttemptAt(times.nextAttemptAt());
    }

    private static void write(Amounts amounts, InvoiceRecord row) {
        row.setSubtotalMinor(amounts.subtotal().minor())
                .setDiscountMinor(amounts.discount().minor())
                .setTaxMinor(amounts.tax().minor())
                .setTotalMinor(amounts.total().minor())
                .setBalanceMinor(amounts.balance().minor())
                .setDueMinor(amounts.due().minor())
                .setPaidMinor(amounts.paid().minor())
                .setRemainingMinor(amounts.remaining().minor())
                .setRefundedMinor(amounts.refunded().minor());
    }

    private static void write(@Nullable Dispute dispute, InvoiceRecord row) {
        row.setDisputeState(dispute == null ? null : dispute.state().name())
                .setDisputeReason(dispute == null ? null : dispute.reason())
                .setDisputeMinor(dispute == null ? null : dispute.amount().minor())
                .setDisputeAnswerBy(dispute == null ? null : dispute.answerBy());
    }

    private static @Nullable Dispute dispute(
            @Nullable String state, @Nullable String reason, @Nullable Long minor, Currency currency, @Nullable Instant answerBy) {
        return state == null || reason == null || minor == null
                ? null
                : new Dispute(Dispute.State.valueOf(state), reason, new Money(minor, currency), answerBy);
    }

    private static SelectField<Money> money(Field<Long> minor) {
        return row(minor, INVOICE.CURRENCY).mapping(Money::new);
    }

    private static Condition of(AccountId account) {
        return INVOICE.ACCOUNT_ID.eq(account.value());
    }

    private static Condition follows(AccountId account, @Nullable UUID after) {
        return after == null
                ? noCondition()
                : row(INVOICE.CREATED_AT, INVOICE.ID).lt(select(INVOICE.CREATED_AT, INVOICE.ID).from(INVOICE).where(of(account), INVOICE.ID.eq(after)));
    }

    private SelectJoinStep<Record1<Invoice>> invoices() {
        return db.select(WHOLE).from(INVOICE);
    }
}
