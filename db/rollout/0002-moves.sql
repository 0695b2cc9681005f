--liquibase formatted sql logicalFilePath:db/rollout/0002-moves.sql

--changeset headroom:rollout-0002
alter table rollout.rollout alter column draft_id drop not null;
alter table rollout.rollout alter column revision drop not null;
alter table rollout.rollout add column counts jsonb;
alter table rollout.rollout add constraint rollout_draft check ((draft_id is null) = (revision is null));
comment on table rollout.rollout is 'A version that was, or is to be, put on sale, or is sold already, and what becomes of those who have another one.';
comment on column rollout.rollout.draft_id is 'That was published; null where the version was on sale already, and somebody is moved to it.';
comment on column rollout.rollout.publish_at is 'When it goes on sale, or went, or moving begins: at once where that is when it was decided.';
comment on column rollout.rollout.counts is 'How many moves stand where, once nothing more becomes of them; null while that is counted.';
drop index rollout.rollout_version;
create unique index rollout_version on rollout.rollout (version_id) where draft_id is not null and state in ('RUNNING', 'PAUSED', 'STOPPED', 'DONE');
create index rollout_of_version on rollout.rollout (version_id);
--rollback drop index rollout.rollout_of_version;
--rollback drop index rollout.rollout_version;
--rollback delete from rollout.move where rollout_id in (select id from rollout.rollout where draft_id is null);
--rollback delete from rollout.rollout where draft_id is null;
--rollback create unique index rollout_version on rollout.rollout (version_id) where state in ('RUNNING', 'PAUSED', 'STOPPED', 'DONE');
--rollback alter table rollout.rollout drop constraint rollout_draft;
--rollback alter table rollout.rollout drop column counts;
--rollback alter table rollout.rollout alter column revision set not null;
--rollback alter table rollout.rollout alter column draft_id set not null;
