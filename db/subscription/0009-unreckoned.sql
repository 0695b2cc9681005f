--liquibase formatted sql logicalFilePath:db/subscription/0009-unreckoned.sql

--changeset headroom:subscription-0009
alter table subscription.subscription add column unreckoned text[] not null default '{}';
comment on column subscription.subscription.unreckoned is
    'What Stripe puts on its invoices that no arithmetic of ours knows: TAX, ITEM_DISCOUNT, CUSTOMER_DISCOUNT, WAITING; while there is any, Stripe is asked before a price is promised.';
--rollback alter table subscription.subscription drop column unreckoned;
