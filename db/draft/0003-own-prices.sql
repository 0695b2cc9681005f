--liquibase formatted sql logicalFilePath:db/draft/0003-own-prices.sql

--changeset headroom:draft-0003
alter table draft.draft add column account_id uuid;
comment on column draft.draft.account_id is 'The only account that may have what it becomes; null is every account.';
--rollback alter table draft.draft drop column account_id;
