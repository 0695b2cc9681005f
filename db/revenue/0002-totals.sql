--liquibase formatted sql logicalFilePath:db/revenue/0002-totals.sql

--changeset headroom:revenue-0003
create table revenue.delta (
    id bigint generated always as identity primary key,
    month date not null,
    currency text not null,
    cohort date not null,
    since date not null,
    kind text not null,
    product_id uuid not null,
    amount_minor bigint not null,
    movements bigint not null,
    accounts bigint not null
);
comment on table revenue.delta is 'What was booked and is not in the totals yet: a row for each movement, so that nobody waits for anybody else''s.';
create table revenue.total (
    month date not null,
    currency text not null,
    cohort date not null,
    since date not null,
    kind text not null,
    product_id uuid not null,
    amount_minor bigint not null,
    movements bigint not null,
    accounts bigint not null,
    primary key (month, currency, cohort, since, kind, product_id)
);
comment on table revenue.total is 'Sums of movements; whoever reads them adds what is in delta.';
comment on column revenue.total.accounts is 'How many more accounts pay after these movements than before them.';
create table revenue.account_month (
    account_id uuid not null references revenue.account,
    currency text not null,
    month date not null,
    until date not null default '9999-12-31',
    mrr_minor bigint not null check (mrr_minor >= 0),
    since date,
    primary key (account_id, currency, month),
    check (month < until),
    check ((since is null) = (mrr_minor = 0))
);
comment on table revenue.account_month is 'What an account paid at the end of a month, and of each after it before until; only of months with movements.';
create table revenue.retained (
    month date not null,
    months int not null,
    currency text not null,
    start_minor bigint not null,
    stayed_minor bigint not null,
    returned_minor bigint not null,
    stayed_capped_minor bigint not null,
    returned_capped_minor bigint not null,
    primary key (month, months, currency)
);
comment on table revenue.retained is 'Account by account, what those who paid at the start of a range pay at its end; kept for ranges whose last month is over, until something is booked in it.';
create table revenue.caught_up (
    only_one boolean primary key default true check (only_one),
    after uuid not null,
    whole boolean not null
);
comment on table revenue.caught_up is 'How far accounts were looked at that had a history before there was a ledger.';
--rollback drop table revenue.caught_up;
--rollback drop table revenue.retained;
--rollback drop table revenue.account_month;
--rollback drop table revenue.total;
--rollback drop table revenue.delta;
