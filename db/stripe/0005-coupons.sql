--liquibase formatted sql logicalFilePath:db/stripe/0005-coupons.sql

--changeset headroom:stripe-0005
alter table stripe.link drop constraint link_kind_check;
alter table stripe.link add constraint link_kind_check check (kind in ('PRODUCT', 'PRICE', 'COUPON'));
--rollback delete from stripe.link where kind = 'COUPON';
--rollback alter table stripe.link drop constraint link_kind_check;
--rollback alter table stripe.link add constraint link_kind_check check (kind in ('PRODUCT', 'PRICE'));
