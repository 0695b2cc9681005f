--liquibase formatted sql logicalFilePath:db/stripe/0001-stripe.sql

--changeset headroom:stripe-0001
create schema stripe;
create table stripe.link (
    kind text not null check (kind in ('PRODUCT', 'PRICE')),
    local_id uuid not null,
    stripe_id text not null,
    primary key (kind, local_id)
);
comment on table stripe.link is 'Which object at Stripe stands for which of ours.';
create table stripe.inbox (
    event_id text primary key,
    type text not null,
    object_id text not null,
    created_at timestamptz not null,
    received_at timestamptz not null,
    handled_at timestamptz,
    attempts int not null default 0,
    next_attempt_at timestamptz not null,
    failure text
);
create index inbox_open on stripe.inbox (next_attempt_at) where handled_at is null;
create table stripe.webhook (
    url text primary key,
    stripe_id text not null,
    secret bytea not null
);
comment on column stripe.webhook.secret is 'Encrypted with the configured key.';
create table stripe.poll (
    one boolean primary key default true check (one),
    until timestamptz not null
);
comment on column stripe.poll.until is 'The newest event that was fetched. A time, not an id: Stripe forgets events after thirty days.';
--rollback drop schema stripe cascade;
