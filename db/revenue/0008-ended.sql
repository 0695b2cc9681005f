--liquibase formatted sql logicalFilePath:db/revenue/0008-ended.sql

--changeset headroom:history-0003
create table revenue.past_ended (
    subscription_id uuid primary key,
    account_id uuid not null references revenue.account,
    id uuid not null unique,
    product_id uuid not null,
    currency text not null,
    year_before numeric(38, 12) not null check (year_before > 0),
    plan_version uuid not null,
    effective_at timestamptz not null,
    at timestamptz not null,
    ended_by text not null
);
comment on table revenue.past_ended is 'What was brought, was never taken over, and was ended after something else of its account was recorded; part of what is recorded. Never changed.';
comment on column revenue.past_ended.year_before is 'Twelve months of what it brought until then in minor units, exact.';
create index past_ended_account on revenue.past_ended (account_id);
create trigger past_ended_stays before update or delete or truncate on revenue.past_ended for each statement execute function revenue.refuse();
alter table revenue.past_ended enable always trigger past_ended_stays;
--rollback drop table revenue.past_ended;
