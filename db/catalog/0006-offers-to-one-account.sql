--liquibase formatted sql logicalFilePath:db/catalog/0006-offers-to-one-account.sql

--changeset headroom:catalog-0006
alter table catalog.offer add column account_id uuid;
comment on column catalog.offer.account_id is 'The only account that may take it, and know of it; null is every account.';
--rollback alter table catalog.offer drop column account_id;
