--liquibase formatted sql logicalFilePath:db/usage/0008-backfill.sql

--changeset headroom:usage-0008-backfill
create sequence usage.backfill_turn;
create table usage.backfill (
    id uuid primary key,
    account_id uuid not null,
    meters uuid[] not null check (cardinality(meters) > 0),
    range_from timestamptz not null,
    range_until timestamptz not null check (range_until > range_from),
    replaces boolean not null,
    closed_periods text not null check (closed_periods in ('ADJUST', 'RESTATE')),
    reason text not null,
    state text not null check (state in ('OPEN', 'APPLIED', 'REVERSED', 'DISCARDED')),
    opened_by text not null,
    opened_at timestamptz not null,
    applied_at timestamptz,
    turn bigint,
    ended_at timestamptz,
    events integer not null default 0,
    known integer not null default 0,
    replaced integer not null default 0
);
create index backfill_account on usage.backfill (account_id, opened_at);
comment on table usage.backfill is 'Events of a range of time that come later: gathered first, then counted all at once, and taken back all at once.';
comment on column usage.backfill.events is 'While it is open, how many were gathered; from then on how many of them were counted.';
comment on column usage.backfill.known is 'How many of those gathered were not counted, for they had been before.';
comment on column usage.backfill.turn is 'In which order they were applied.';
comment on column usage.backfill.ended_at is 'When it was reversed or discarded.';
create table usage.backfill_event (
    backfill_id uuid not null references usage.backfill,
    event_id text not null,
    body_hash bigint not null,
    feature_id uuid not null,
    at timestamptz not null,
    quantity bigint not null,
    properties jsonb,
    primary key (backfill_id, event_id)
);
comment on table usage.backfill_event is 'Gathered in an open backfill, and nowhere counted yet.';
create table usage.replaced_event (
    backfill_id uuid not null references usage.backfill,
    account_id uuid not null,
    event_id text not null,
    feature_id uuid not null,
    at timestamptz not null,
    quantity bigint not null,
    properties jsonb,
    period_from timestamptz not null,
    recorded_at timestamptz not null,
    of_backfill_id uuid,
    body_hash bigint,
    taken_at timestamptz
);
create index replaced_event_backfill on usage.replaced_event (backfill_id, event_id);
create index replaced_event_id on usage.replaced_event (account_id, event_id);
create index replaced_event_of on usage.replaced_event (of_backfill_id) where of_backfill_id is not null;
comment on table usage.replaced_event is 'What gave way to a backfill, to be put back when that is reversed.';
comment on column usage.replaced_event.of_backfill_id is 'The earlier backfill that had brought it.';
comment on column usage.replaced_event.body_hash is 'Of its identity, as long as that was remembered.';
create table usage.backfill_total (
    backfill_id uuid not null references usage.backfill,
    feature_id uuid not null,
    period_from timestamptz not null,
    period_until timestamptz not null,
    used_before bigint not null,
    used_after bigint not null,
    primary key (backfill_id, feature_id, period_from)
);
comment on table usage.backfill_total is 'What applying it did to the totals of whole windows.';
--rollback drop table usage.backfill_total, usage.replaced_event, usage.backfill_event, usage.backfill;
--rollback drop sequence usage.backfill_turn;

--changeset headroom:usage-0008-event
alter table usage.event add column backfill_id uuid;
comment on column usage.event.backfill_id is 'Which backfill brought it; null for what was recorded.';
--rollback alter table usage.event drop column backfill_id;

--changeset headroom:usage-0008-dropped
alter table usage.dropped add column moved_until timestamptz;
comment on column usage.dropped.moved_until is 'The beginning of the latest billing period that an event which was dropped had counted in; null while it is not known, and then at most 35 days after until.';
--rollback alter table usage.dropped drop column moved_until;
