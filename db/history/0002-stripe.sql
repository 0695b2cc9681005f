--liquibase formatted sql logicalFilePath:db/history/0002-stripe.sql

--changeset headroom:history-0002
alter table history.run drop constraint run_state_check;
alter table history.run add constraint run_state_check check (
    state in ('OPEN', 'SUBSCRIPTIONS', 'INVOICES', 'READING', 'LOOKING', 'LOOKED_AT', 'BRINGING', 'BROUGHT', 'FAILED', 'DISCARDED'));
alter table history.run add column source text not null default 'FILE' check (source in ('FILE', 'STRIPE'));
alter table history.run add column fetched int not null default 0;
alter table history.run add column attempts int not null default 0;
alter table history.run add column failed_in text;
alter table history.run add column failure text;
comment on table history.run is 'What tells what accounts paid before anything was recorded of them: gathered, or read at Stripe, read, looked at, and brought.';
comment on column history.run.fetched is 'Objects of Stripe that were read.';
comment on column history.run.attempts is 'How often in a row it could not go on.';
comment on column history.run.failed_in is 'The state in which it could not go on, and to which it returns when somebody tries again.';
comment on column history.run.position is 'What was worked on last: an object of Stripe, a customer there, or the key of an account.';
drop index history.run_unfinished;
create index run_unfinished on history.run (lease_until) where state in ('SUBSCRIPTIONS', 'INVOICES', 'READING', 'LOOKING', 'BRINGING');
create unique index run_at_stripe on history.run (source) where source = 'STRIPE' and state in ('SUBSCRIPTIONS', 'INVOICES');
alter table history.line alter column year type numeric(38, 12);
create table history.sold (
    run_id uuid not null references history.run,
    subscription text not null,
    customer text collate "C" not null,
    content jsonb not null,
    primary key (run_id, subscription)
);
comment on table history.sold is 'Subscriptions at Stripe as they stood, until lines are made of them.';
create index sold_customer on history.sold (run_id, customer);
create table history.billed (
    run_id uuid not null references history.run,
    invoice text not null,
    customer text collate "C" not null,
    content jsonb not null,
    primary key (run_id, invoice)
);
comment on table history.billed is 'What invoices at Stripe bill of subscriptions, until lines are made of it.';
create index billed_customer on history.billed (run_id, customer);
--rollback drop table history.billed;
--rollback drop table history.sold;
--rollback delete from history.effect;
--rollback delete from history.mistake;
--rollback delete from history.line;
--rollback delete from history.part;
--rollback delete from history.run;
--rollback alter table history.line alter column year type numeric(38);
--rollback drop index history.run_at_stripe;
--rollback drop index history.run_unfinished;
--rollback create index run_unfinished on history.run (lease_until) where state in ('READING', 'LOOKING', 'BRINGING');
--rollback alter table history.run drop column failure;
--rollback alter table history.run drop column failed_in;
--rollback alter table history.run drop column attempts;
--rollback alter table history.run drop column fetched;
--rollback alter table history.run drop column source;
--rollback alter table history.run drop constraint run_state_check;
--rollback alter table history.run add constraint run_state_check check (state in ('OPEN', 'READING', 'LOOKING', 'LOOKED_AT', 'BRINGING', 'BROUGHT'));
