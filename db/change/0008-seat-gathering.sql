--liquibase formatted sql logicalFilePath:db/change/0008-seat-gathering.sql

--changeset headroom:change-0008
create table change.seat_gathering (
    account_id uuid not null,
    subscription_id uuid not null,
    id uuid not null,
    seats bigint not null check (seats between 1 and 1000000),
    promised_minor bigint,
    currency text not null,
    actor text not null,
    asked_at timestamptz not null,
    settles_at timestamptz not null,
    lease_until timestamptz not null,
    primary key (account_id, subscription_id)
);
comment on table change.seat_gathering is 'Seats that were asked for and are bought together once nobody has asked for others for a while.';
comment on column change.seat_gathering.seats is 'Of the plan, in all.';
comment on column change.seat_gathering.promised_minor is 'The most that may be charged: what was quoted when they were asked for; null where the cap of an expansion was agreed to.';
comment on column change.seat_gathering.lease_until is 'When it is taken up: first when the quiet time is over, then whenever a worker has died or could not finish.';
create index seat_gathering_due on change.seat_gathering (lease_until);
--rollback drop table change.seat_gathering;
