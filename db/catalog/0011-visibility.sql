--liquibase formatted sql logicalFilePath:db/catalog/0011-visibility.sql

--changeset headroom:catalog-0011
alter table catalog.plan add column visibility text not null default 'PUBLIC' check (visibility in ('PUBLIC', 'HIDDEN'));
comment on column catalog.plan.visibility is 'HIDDEN: accounts are neither shown nor proposed it; it is sold by its key.';
--rollback alter table catalog.plan drop column visibility;
