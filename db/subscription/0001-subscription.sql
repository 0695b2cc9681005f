--liquibase formatted sql logicalFilePath:db/subscription/0001-subscription.sql

--changeset headroom:subscription-0001
create schema subscription;
create table subscription.subscription (
    account_id uuid not null,
    id uuid not null,
    product_id uuid not null,
    stripe_id text not null,
    state text not null check (state in ('INCOMPLETE', 'TRIALING', 'ACTIVE', 'PAST_DUE', 'CANCELED')),
    currency text not null,
    interval text not null check (interval in ('MONTH', 'YEAR')),
    billing_mode text not null check (billing_mode in ('CLASSIC', 'FLEXIBLE')),
    anchor timestamptz not null,
    period_from timestamptz not null,
    period_until timestamptz not null,
    trial_until timestamptz,
    cancel_at timestamptz,
    balance_minor bigint not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    version bigint not null,
    revision bigint not null,
    primary key (account_id, id),
    check (period_from < period_until)
);
comment on column subscription.subscription.version is 'Raised by whatever changes what a quote would say; a quote names the one it was made from.';
comment on column subscription.subscription.revision is 'Raised by every write; who writes what was read at Stripe names the one from before reading.';
comment on column subscription.subscription.balance_minor is 'The customer balance at Stripe: negative is credit in the customer''s favour.';
create unique index subscription_live on subscription.subscription (account_id, product_id) where ended_at is null;
create index subscription_stripe on subscription.subscription (stripe_id);
create table subscription.item (
    account_id uuid not null,
    subscription_id uuid not null,
    id uuid not null,
    stripe_id text not null,
    plan_version_id uuid not null,
    price_id uuid not null,
    quantity bigint not null check (quantity > 0),
    primary key (account_id, id),
    foreign key (account_id, subscription_id) references subscription.subscription
);
create index item_subscription on subscription.item (account_id, subscription_id);
create index item_plan_version on subscription.item (plan_version_id);
create table subscription.debit (
    account_id uuid not null,
    item_id uuid not null,
    stripe_line_id text not null,
    period_from timestamptz not null,
    period_until timestamptz not null,
    quantity bigint not null,
    net_minor bigint not null,
    name text not null,
    discounts text[] not null,
    primary key (account_id, item_id, stripe_line_id),
    foreign key (account_id, item_id) references subscription.item on delete cascade,
    check (period_from < period_until)
);
comment on table subscription.debit is 'What an item was billed and not yet credited: flexible billing credits from these.';
create table subscription.discount (
    account_id uuid not null,
    subscription_id uuid not null,
    stripe_id text not null,
    name text not null,
    percent numeric(7, 4),
    amount_minor bigint,
    months int,
    once boolean not null,
    since timestamptz not null,
    primary key (account_id, subscription_id, stripe_id),
    foreign key (account_id, subscription_id) references subscription.subscription,
    check (num_nonnulls(percent, amount_minor) = 1)
);
comment on column subscription.discount.months is 'For how many months; null with once false is for ever.';
create table subscription.seat (
    account_id uuid not null,
    subscription_id uuid not null,
    member_id uuid not null,
    assigned_at timestamptz not null,
    primary key (account_id, subscription_id, member_id),
    foreign key (account_id, subscription_id) references subscription.subscription
);
create table subscription.movement (
    account_id uuid not null,
    id uuid not null,
    subscription_id uuid not null,
    at timestamptz not null,
    growth text not null,
    currency text not null,
    mrr_before_minor bigint not null,
    mrr_after_minor bigint not null,
    before jsonb,
    after jsonb not null,
    cause text not null,
    actor text not null,
    primary key (account_id, id)
);
comment on table subscription.movement is 'SubscriptionChanged, stored: recurring revenue before and after, the kind of growth, and who or what caused it.';
create index movement_at on subscription.movement (account_id, at desc);
--rollback drop schema subscription cascade;
