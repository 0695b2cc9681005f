--liquibase formatted sql logicalFilePath:db/delivery/0003-paused-endpoints.sql

--changeset headroom:delivery-0003
alter table delivery.endpoint add column paused_at timestamptz;
comment on column delivery.endpoint.paused_at is 'Since when nothing is sent there and what happens waits; null while it is told.';
--rollback alter table delivery.endpoint drop column paused_at;
