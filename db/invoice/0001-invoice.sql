--liquibase formatted sql logicalFilePath:db/invoice/0001-invoice.sql

--changeset headroom:invoice-0001
create schema invoice;
create table invoice.invoice (
    account_id uuid not null,
    id uuid not null,
    stripe_id text not null unique,
    subscription_id uuid,
    number text,
    status text not null check (status in ('DRAFT', 'OPEN', 'PAID', 'VOID', 'UNCOLLECTIBLE')),
    reason text not null check (reason in ('START', 'CHANGE', 'RENEWAL', 'OTHER')),
    sent boolean not null,
    currency text not null,
    created_at timestamptz not null,
    finalized_at timestamptz,
    due_at timestamptz,
    paid_at timestamptz,
    next_attempt_at timestamptz,
    attempts int not null,
    subtotal_minor bigint not null,
    discount_minor bigint not null,
    tax_minor bigint not null,
    total_minor bigint not null,
    balance_minor bigint not null,
    due_minor bigint not null,
    paid_minor bigint not null,
    remaining_minor bigint not null,
    refunded_minor bigint not null,
    hosted_url text,
    pdf_url text,
    dispute_state text check (dispute_state in ('OPEN', 'WON', 'LOST')),
    dispute_reason text,
    dispute_minor bigint,
    dispute_answer_by timestamptz,
    tax_numbers text[] not null,
    revision bigint not null,
    primary key (account_id, id)
);
create index invoice_newest on invoice.invoice (account_id, created_at desc, id desc);
create index invoice_unpaid on invoice.invoice (account_id, created_at) where status in ('OPEN', 'UNCOLLECTIBLE');
comment on table invoice.invoice is 'As Stripe had them when they were read last.';
comment on column invoice.invoice.balance_minor is 'What the customer''s balance took part with: negative is credit that was used.';
comment on column invoice.invoice.tax_numbers is 'The customer''s when it was finalised: eu_vat DE123456789.';
create table invoice.line (
    account_id uuid not null,
    invoice_id uuid not null,
    position int not null,
    description text not null,
    period_from timestamptz not null,
    period_until timestamptz not null,
    quantity bigint not null,
    amount_minor bigint not null,
    discount_minor bigint not null,
    tax_minor bigint not null,
    proration boolean not null,
    primary key (account_id, invoice_id, position),
    foreign key (account_id, invoice_id) references invoice.invoice
);
create table invoice.reading (
    account_id uuid primary key,
    at timestamptz not null
);
comment on table invoice.reading is 'Whose invoices from before events told of them were read.';
--rollback drop schema invoice cascade;
