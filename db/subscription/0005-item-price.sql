--liquibase formatted sql logicalFilePath:db/subscription/0005-item-price.sql

--changeset headroom:subscription-0005
create index item_price on subscription.item (price_id, quantity);
comment on index subscription.item_price is 'Who is billed at a price, and for how many: the peers that an account is compared with.';
--rollback drop index subscription.item_price;
