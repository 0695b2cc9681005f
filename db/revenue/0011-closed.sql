--liquibase formatted sql logicalFilePath:db/revenue/0011-closed.sql

--changeset headroom:revenue-0031
alter table revenue.settings add open_from date check (extract(day from open_from) = 1);
comment on column revenue.settings.open_from is 'The first month that was open when these were set: what was closed stays so, whatever zone and days say. Null for settings from before this was noted.';
--rollback alter table revenue.settings drop open_from;
