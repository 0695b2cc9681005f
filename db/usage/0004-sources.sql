--liquibase formatted sql logicalFilePath:db/usage/0004-sources.sql

--changeset headroom:usage-0004
alter table usage.terms add column sources uuid;
comment on column usage.terms.sources is 'Names the last change of what is granted beyond what was bought, so that whoever remembers that knows from the version alone whether it is still so; null while nothing ever was. Whoever changes it writes another.';
--rollback alter table usage.terms drop column sources;
