--liquibase formatted sql logicalFilePath:db/catalog/0004-add-ons.sql

--changeset headroom:catalog-0004
alter table catalog.plan add column kind text not null default 'TIER' check (kind in ('TIER', 'ADD_ON'));
comment on column catalog.plan.kind is 'A tier is what a subscription is of; an add-on is bought beside one, and adds what it grants.';
--rollback alter table catalog.plan drop column kind;
