--liquibase formatted sql logicalFilePath:db/revenue/0004-past.sql

--changeset headroom:revenue-0010
create table revenue.past (
    account_id uuid not null references revenue.account,
    number int not null check (number > 0),
    id uuid not null unique,
    subscription_id uuid not null,
    subscription text not null,
    product_id uuid not null,
    currency text not null,
    starts date not null,
    plan text not null,
    seats bigint,
    year_before numeric(38, 12) not null check (year_before >= 0),
    year_after numeric(38, 12) not null check (year_after >= 0),
    growth text not null,
    paused boolean not null,
    plan_version_before uuid,
    plan_version_after uuid not null,
    effective_at timestamptz not null,
    at timestamptz not null,
    cause text not null,
    primary key (account_id, number)
);
comment on table revenue.past is 'What ran before anything was recorded of an account, as it was brought; the ledger holds it before all that was recorded. Never changed.';
comment on column revenue.past.number is 'Counts what was brought of an account, in the order of time.';
comment on column revenue.past.subscription_id is 'Stands for a subscription that nobody recorded; made of the account and the name that it was brought under.';
comment on column revenue.past.starts is 'The first day on which this was paid.';
comment on column revenue.past.year_after is 'Twelve months of it in minor units, exact.';
comment on column revenue.past.at is 'When it was brought.';
create trigger past_stays before update or delete or truncate on revenue.past for each statement execute function revenue.refuse();
alter table revenue.past enable always trigger past_stays;
create table revenue.past_closed (
    currency text primary key,
    closed_at timestamptz not null,
    closed_by text not null
);
comment on table revenue.past_closed is 'Of which currencies the months before anything was recorded are closed: nothing is brought into them any more.';
--rollback drop table revenue.past_closed;
--rollback drop table revenue.past;
