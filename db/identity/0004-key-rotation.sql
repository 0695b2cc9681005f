--liquibase formatted sql logicalFilePath:db/identity/0004-key-rotation.sql

--changeset headroom:identity-0004
alter table identity.api_key add column previous_hash bytea unique;
alter table identity.api_key add column previous_until timestamptz;
alter table identity.api_key add column last_used_at timestamptz;
alter table identity.api_key add constraint api_key_previous check ((previous_hash is null) = (previous_until is null));
comment on column identity.api_key.previous_hash is 'Of the secret before the last rotation, which is good until previous_until, exclusive.';
comment on column identity.api_key.last_used_at is 'To the minute; a node that dies forgets the last one.';
--rollback alter table identity.api_key drop column previous_hash, drop column previous_until, drop column last_used_at;
