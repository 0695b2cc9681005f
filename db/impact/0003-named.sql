--liquibase formatted sql logicalFilePath:db/impact/0003-named.sql

--changeset headroom:impact-0010
alter table impact.run add column named boolean not null default false;
comment on column impact.run.named is 'Whether a decision names it: then its lines stay as long as that.';
comment on table impact.line is 'One subscription in a run; deleted some days after it ended, unless a decision names it.';
drop index impact.run_finished;
create index run_finished on impact.run (finished_at) where lines_kept and not named;
--rollback drop index impact.run_finished;
--rollback create index run_finished on impact.run (finished_at) where lines_kept;
--rollback comment on table impact.line is 'One subscription in a run; deleted some days after it ended.';
--rollback alter table impact.run drop column named;
