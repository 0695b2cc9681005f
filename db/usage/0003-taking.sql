--liquibase formatted sql logicalFilePath:db/usage/0003-taking.sql

--changeset headroom:usage-0003-counters
alter table usage.counter
    add column reserved bigint not null default 0 check (reserved >= 0),
    add column passed_at timestamptz,
    add column told smallint not null default 0,
    add column told_of bigint;
comment on column usage.counter.reserved is 'The sum of the open reservations in it; an expired one counts until somebody looks.';
comment on column usage.counter.passed_at is 'When more than what is included was used last; grace is counted from here.';
comment on column usage.counter.told is 'The highest threshold that was told of, in percent.';
comment on column usage.counter.told_of is 'Of which included amount; thresholds are told of anew when it changes.';
--rollback alter table usage.counter drop column reserved, drop column passed_at, drop column told, drop column told_of;

--changeset headroom:usage-0003-terms
create table usage.terms (
    account_id uuid primary key,
    version bigint not null
);
comment on table usage.terms is 'Raised in the transaction of whatever changes what an account may use: who takes something proves with it that the limit is the one in force. Everybody''s stands under the account 00000000-0000-0000-0000-000000000000.';
--rollback drop table usage.terms;

--changeset headroom:usage-0003-reservations
create table usage.reservation (
    id uuid primary key,
    account_id uuid not null,
    event_id text not null,
    feature_id uuid not null,
    period_from timestamptz not null,
    period_until timestamptz not null,
    quantity bigint not null check (quantity > 0),
    properties jsonb,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    state text not null check (state in ('OPEN', 'COMMITTED', 'RELEASED', 'EXPIRED')),
    committed bigint not null default 0 check (committed between 0 and quantity),
    unique (account_id, event_id)
);
create index reservation_open on usage.reservation (expires_at) where state = 'OPEN';
create index reservation_counter on usage.reservation (account_id, feature_id, period_from) where state = 'OPEN';
comment on table usage.reservation is 'An amount that is held back until it is used, given back, or expires.';
comment on column usage.reservation.period_from is 'Of the window in which it is held back.';
--rollback drop table usage.reservation;
