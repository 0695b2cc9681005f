--liquibase formatted sql logicalFilePath:db/account/0003-erased-members.sql

--changeset headroom:account-0003
alter table account.member add column erased_at timestamptz;
comment on column account.member.erased_at is 'Since when key, name and e-mail are gone. The row stays, so that what audit entries name by id stays somebody.';
--rollback alter table account.member drop column erased_at;
