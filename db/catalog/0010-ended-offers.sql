--liquibase formatted sql logicalFilePath:db/catalog/0010-ended-offers.sql

--changeset headroom:catalog-0010
alter table catalog.offer add column ended_at timestamptz;
comment on column catalog.offer.ended_at is 'When somebody ended it before its window did; quoted with it is nothing from then on.';
--rollback alter table catalog.offer drop column ended_at;
