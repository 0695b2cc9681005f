--liquibase formatted sql logicalFilePath:db/catalog/0003-thresholds.sql

--changeset headroom:catalog-0003
alter table catalog.feature add column thresholds int[] not null default '{70,85,95,100}';
comment on column catalog.feature.thresholds is 'Percent of what is included at which somebody is told, ascending.';
--rollback alter table catalog.feature drop column thresholds;
