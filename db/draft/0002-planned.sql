--liquibase formatted sql logicalFilePath:db/draft/0002-planned.sql

--changeset headroom:draft-0002
alter table draft.draft add column planned_at timestamptz;
alter table draft.draft add constraint draft_planned check (planned_at is null or state = 'OPEN');
comment on column draft.draft.planned_at is 'When it goes on sale, as was decided: until then, or until that is taken back, nobody edits it. Null where that was not decided.';
--rollback alter table draft.draft drop constraint draft_planned;
--rollback alter table draft.draft drop column planned_at;
