--liquibase formatted sql logicalFilePath:db/revenue/0001-ledger.sql

--changeset headroom:revenue-0001
create schema revenue;
create table revenue.account (
    account_id uuid primary key
);
comment on table revenue.account is 'Whose history is in the ledger. Whoever books something of an account holds its row.';
create table revenue.counted (
    account_id uuid not null references revenue.account,
    subscription_id uuid not null,
    year numeric(38, 12) not null check (year >= 0),
    paused boolean not null,
    primary key (account_id, subscription_id)
);
comment on table revenue.counted is 'What the ledger counts of a subscription at present: the movements are made of differences to this.';
comment on column revenue.counted.year is 'Twelve months of it in minor units, exact.';
create table revenue.movement (
    account_id uuid not null references revenue.account,
    currency text not null,
    number int not null check (number > 0),
    previous int generated always as (nullif(number - 1, 0)) stored,
    id uuid not null,
    subscription_id uuid not null,
    product_id uuid not null,
    kind text not null check (kind in ('NEW', 'UPSELL', 'CROSS_SELL', 'SEAT_EXPANSION', 'USAGE_EXPANSION', 'PRICE_INCREASE', 'DISCOUNT_END', 'CONTRACTION', 'CHURN', 'REACTIVATION')),
    opening_minor bigint not null check (opening_minor >= 0),
    amount_minor bigint not null,
    closing_minor bigint not null check (closing_minor >= 0),
    effective_at timestamptz not null,
    recorded_at timestamptz not null,
    month date not null check (extract(day from month) = 1),
    cohort date not null check (extract(day from cohort) = 1),
    since date not null check (extract(day from since) = 1),
    source uuid not null,
    cause text not null,
    plan_version_before uuid,
    plan_version_after uuid not null,
    primary key (account_id, currency, number),
    unique (account_id, currency, number, closing_minor),
    unique (id),
    foreign key (account_id, currency, previous, opening_minor) references revenue.movement (account_id, currency, number, closing_minor),
    check (opening_minor + amount_minor = closing_minor),
    check (number > 1 or opening_minor = 0),
    check (cohort <= since and since <= month),
    check (case kind when 'NEW' then number = 1 and amount_minor > 0 when 'REACTIVATION' then amount_minor > 0 when 'CHURN' then closing_minor = 0
        when 'CONTRACTION' then amount_minor < 0 else amount_minor > 0 and opening_minor > 0 end)
);
comment on table revenue.movement is 'The ledger: signed changes of monthly recurring revenue, never changed and never deleted. Each begins with what the one before it ended with.';
comment on column revenue.movement.number is 'Counts the movements of an account in a currency, without a gap.';
comment on column revenue.movement.month is 'The first day of the month that it is booked in, in the vendor''s zone; later than effective_at where that month was closed.';
comment on column revenue.movement.cohort is 'The month of the account''s first movement in the currency.';
comment on column revenue.movement.since is 'The month since which the account has paid without a break; of its end, that of what ended.';
comment on column revenue.movement.source is 'The recorded change that it was made of.';
create index movement_month on revenue.movement (month desc, effective_at desc, id desc);
create index movement_account on revenue.movement (account_id, month desc, effective_at desc, id desc);
create table revenue.balance (
    account_id uuid not null references revenue.account,
    currency text not null,
    number int,
    year numeric(38, 12) not null check (year >= 0),
    mrr_minor bigint not null,
    month date,
    cohort date,
    since date,
    primary key (account_id, currency),
    foreign key (account_id, currency, number, mrr_minor) references revenue.movement (account_id, currency, number, closing_minor),
    check (mrr_minor = round(year / 12)),
    check ((since is null) = (mrr_minor = 0)),
    check (num_nulls(number, month, cohort) in (0, 3) and (number is not null or mrr_minor = 0))
);
comment on table revenue.balance is 'Where an account stands: what its last movement ended with, and that is the twelfth of what its subscriptions bring in twelve months, rounded once.';
comment on column revenue.balance.number is 'Of the last movement; null where there is none, for less than half a minor unit a month.';
comment on column revenue.balance.month is 'Of the last movement; nothing is booked in an earlier one.';
comment on column revenue.balance.since is 'Null for one who pays nothing.';
create table revenue.settings (
    version int primary key check (version > 0),
    zone text not null,
    closing_days int not null check (closing_days between 0 and 27),
    reactivation boolean not null,
    price_increase boolean not null,
    set_by text not null,
    set_at timestamptz not null
);
comment on table revenue.settings is 'How revenue is told; the highest version counts, and what is booked follows the one of its time.';
--rollback drop schema revenue cascade;

--changeset headroom:revenue-0002 splitStatements:false
create function revenue.refuse() returns trigger language plpgsql as $refuse$
begin
    raise exception 'Movements of revenue are never changed: % refused; what was wrong is corrected by another one', tg_op using errcode = 'restrict_violation';
end
$refuse$;
create trigger movement_stays before update or delete or truncate on revenue.movement for each statement execute function revenue.refuse();
alter table revenue.movement enable always trigger movement_stays;
--rollback drop trigger movement_stays on revenue.movement;
--rollback drop function revenue.refuse();
