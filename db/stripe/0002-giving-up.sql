--liquibase formatted sql logicalFilePath:db/stripe/0002-giving-up.sql

--changeset headroom:stripe-0002
alter table stripe.inbox add column given_up_at timestamptz;
comment on column stripe.inbox.given_up_at is 'Since when nobody tries any more; the row stays, with the failure, for somebody to look at.';
drop index stripe.inbox_open;
create index inbox_open on stripe.inbox (next_attempt_at) where handled_at is null and given_up_at is null;
create index inbox_handled on stripe.inbox (handled_at) where handled_at is not null;
--rollback drop index stripe.inbox_handled;
--rollback drop index stripe.inbox_open;
--rollback alter table stripe.inbox drop column given_up_at;
--rollback create index inbox_open on stripe.inbox (next_attempt_at) where handled_at is null;
