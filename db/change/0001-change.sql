--liquibase formatted sql logicalFilePath:db/change/0001-change.sql

--changeset headroom:change-0001
create schema change;
create table change.plan_change (
    account_id uuid not null,
    id uuid not null,
    subscription_id uuid not null,
    quote_id uuid not null,
    subscription_version bigint not null,
    state text not null check (state in ('REQUESTED', 'ACTION_REQUIRED', 'APPLIED', 'MISMATCHED', 'DECLINED', 'REFUSED', 'ABANDONED')),
    growth text not null,
    from_price_id uuid not null,
    from_quantity bigint not null,
    to_price_id uuid not null,
    to_quantity bigint not null,
    quoted_at timestamptz not null,
    quote_expires_at timestamptz not null,
    due_minor bigint not null,
    charged_minor bigint,
    currency text not null,
    actor text not null,
    requested_at timestamptz not null,
    attempt int not null default 0,
    attempted_at timestamptz,
    lease_until timestamptz not null,
    stripe_invoice_id text,
    failure_code text,
    failure_message text,
    decided_at timestamptz,
    primary key (account_id, id)
);
create unique index plan_change_open on change.plan_change (account_id, subscription_id) where state in ('REQUESTED', 'ACTION_REQUIRED');
create index plan_change_unfinished on change.plan_change (lease_until) where state in ('REQUESTED', 'ACTION_REQUIRED');
create index plan_change_history on change.plan_change (account_id, requested_at desc);
create table change.subscription_start (
    account_id uuid not null,
    id uuid not null,
    product_id uuid not null,
    customer text not null,
    price_id uuid not null,
    quantity bigint not null,
    trial_until timestamptz,
    state text not null check (state in ('REQUESTED', 'STARTED', 'DECLINED', 'REFUSED')),
    actor text not null,
    requested_at timestamptz not null,
    lease_until timestamptz not null,
    failure_code text,
    failure_message text,
    primary key (account_id, id)
);
create unique index subscription_start_open on change.subscription_start (account_id, product_id) where state = 'REQUESTED';
create index subscription_start_unfinished on change.subscription_start (lease_until) where state = 'REQUESTED';
--rollback drop schema change cascade;
