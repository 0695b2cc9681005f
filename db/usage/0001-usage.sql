--liquibase formatted sql logicalFilePath:db/usage/0001-usage.sql

--changeset headroom:usage-0001
create schema usage;
create table usage.event_identity (
    account_id uuid not null,
    event_id text not null,
    body_hash bytea not null,
    at timestamptz not null,
    primary key (account_id, event_id)
);
comment on table usage.event_identity is 'What makes an event count once: keyed by account and event id, not by time, so that a retry with another time is still a retry.';
create table usage.event (
    account_id uuid not null,
    event_id text not null,
    feature_id uuid not null,
    at timestamptz not null,
    quantity bigint not null,
    properties jsonb,
    recorded_at timestamptz not null,
    primary key (account_id, event_id, at)
) partition by range (at);
create table usage.event_default partition of usage.event default;
create index event_feature on usage.event (account_id, feature_id, at);
create table usage.counter (
    account_id uuid not null,
    feature_id uuid not null,
    period_from timestamptz not null,
    period_until timestamptz not null,
    used bigint not null,
    primary key (account_id, feature_id, period_from)
);
comment on table usage.counter is 'Running totals, raised in the transaction that stores the event; an allowance has one without end.';
--rollback drop schema usage cascade;
