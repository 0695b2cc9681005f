--liquibase formatted sql logicalFilePath:db/subscription/0003-foreign-prices.sql

--changeset headroom:subscription-0003
alter table subscription.subscription add column foreign_prices text[] not null default '{}';
comment on column subscription.subscription.foreign_prices is 'Ids at Stripe of prices billed on it that the catalogue does not know; while there are any, no change is quoted.';
--rollback alter table subscription.subscription drop column foreign_prices;
