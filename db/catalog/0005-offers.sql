--liquibase formatted sql logicalFilePath:db/catalog/0005-offers.sql

--changeset headroom:catalog-0005
create table catalog.offer (
    id uuid primary key,
    product_id uuid not null references catalog.product,
    key text not null unique,
    name text not null,
    percent numeric(5, 2) check (percent > 0 and percent <= 100),
    amount_minor bigint check (amount_minor > 0),
    currency text,
    once boolean not null,
    months int check (months > 0),
    from_at timestamptz not null,
    until_at timestamptz not null,
    plan_ids uuid[] not null,
    existing_customers boolean not null,
    cap int check (cap > 0),
    check ((percent is null) = (amount_minor is not null)),
    check ((amount_minor is null) = (currency is null)),
    check (not (once and months is not null)),
    check (from_at < until_at)
);
comment on table catalog.offer is 'A discount that can be taken with a change; never altered once it is there.';
comment on column catalog.offer.months is 'With once false and months null it lasts for ever.';
comment on column catalog.offer.until_at is 'Exclusive.';
comment on column catalog.offer.plan_ids is 'Empty is every plan of the product.';
comment on column catalog.offer.existing_customers is 'Only for subscriptions that began before the offer did.';
comment on column catalog.offer.cap is 'How many accounts may take it; null is as many as want.';
create table catalog.redemption (
    offer_id uuid not null references catalog.offer,
    account_id uuid not null,
    change_id uuid not null,
    at timestamptz not null,
    primary key (offer_id, account_id)
);
comment on table catalog.redemption is 'Who has taken an offer, or is about to: the row goes when the change ends without effect.';
--rollback drop table catalog.redemption;
--rollback drop table catalog.offer;
