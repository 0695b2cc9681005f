--liquibase formatted sql logicalFilePath:db/subscription/0011-seat-expansion.sql

--changeset headroom:subscription-0011
create table subscription.seat_expansion (
    account_id uuid not null,
    subscription_id uuid not null,
    most_seats bigint not null check (most_seats between 1 and 1000000),
    opted_in_by text not null,
    opted_in_at timestamptz not null,
    primary key (account_id, subscription_id)
);
comment on table subscription.seat_expansion is 'That seats are bought as they are assigned; who has not opted in has no row.';
comment on column subscription.seat_expansion.most_seats is 'In all, those of add-ons among them; none is assigned beyond.';
--rollback drop table subscription.seat_expansion;
