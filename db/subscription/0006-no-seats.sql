--liquibase formatted sql logicalFilePath:db/subscription/0006-no-seats.sql

--changeset headroom:subscription-0006
alter table subscription.item drop constraint item_quantity_check, add constraint item_quantity_check check (quantity >= 0);
comment on column subscription.item.quantity is 'Seats, or 1; 0 where somebody set it so at Stripe, which costs nothing and seats nobody.';
--rollback alter table subscription.item drop constraint item_quantity_check, add constraint item_quantity_check check (quantity > 0);
