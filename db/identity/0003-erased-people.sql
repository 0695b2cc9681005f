--liquibase formatted sql logicalFilePath:db/identity/0003-erased-people.sql

--changeset headroom:identity-0003
alter table identity.console_user add column erased_at timestamptz;
alter table identity.console_user add constraint console_user_erased_is_disabled check (erased_at is null or disabled_at is not null);
comment on column identity.console_user.erased_at is 'Since when name and e-mail are gone. The row stays, so that what audit entries name by id stays somebody.';
--rollback alter table identity.console_user drop column erased_at;
