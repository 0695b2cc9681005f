--liquibase formatted sql logicalFilePath:db/subscription/0012-item-discounts.sql

--changeset headroom:subscription-0012
create table subscription.item_discount (
    account_id uuid not null,
    item_id uuid not null,
    position int not null,
    stripe_id text not null,
    bundle_id uuid,
    percent numeric(5, 2),
    since timestamptz not null,
    primary key (account_id, item_id, position),
    foreign key (account_id, item_id) references subscription.item on delete cascade,
    check ((bundle_id is null) = (percent is null))
);
comment on table subscription.item_discount is 'What reduces one item alone, before what reduces all of them.';
comment on column subscription.item_discount.bundle_id is 'Null is somebody else''s at Stripe, whose terms nobody here knows.';
--rollback drop table subscription.item_discount;
