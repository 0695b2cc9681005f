--liquibase formatted sql logicalFilePath:db/impact/0002-moves.sql

--changeset headroom:impact-0002
alter table impact.run add column among jsonb;
comment on column impact.run.among is 'Of a version that is sold, those who are looked at; null where it is not sold, and then they are all who have another one.';
comment on column impact.run.done is 'How many have been looked at; once it is done, how many lines there are.';
--rollback alter table impact.run drop column among;
