--liquibase formatted sql logicalFilePath:db/entitlement/0001-entitlement.sql

--changeset headroom:entitlement-0001
create schema entitlement;
create table entitlement.notice (
    id uuid primary key,
    account_id uuid not null,
    feature_id uuid not null,
    kind text not null check (kind in ('THRESHOLD_PASSED', 'LIMIT_HIT')),
    percent int not null,
    used bigint not null,
    included bigint not null,
    requested bigint not null default 0,
    period_from timestamptz not null,
    at timestamptz not null
);
create index notice_account on entitlement.notice (account_id, id);
create unique index notice_limit_hit on entitlement.notice (account_id, feature_id, (date_trunc('hour', at at time zone 'UTC'))) where kind = 'LIMIT_HIT';
comment on table entitlement.notice is 'What somebody may want to be told: a threshold that was passed, once a window and limit; a limit that was hit, the first time in an hour.';
--rollback drop schema entitlement cascade;
