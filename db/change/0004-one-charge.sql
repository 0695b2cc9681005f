--liquibase formatted sql logicalFilePath:db/change/0004-one-charge.sql

--changeset headroom:change-0004
--comment The credit on a customer's balance is there for all of an account's subscriptions: two charges at once would both count on it.
alter table change.plan_change add column alone boolean not null default false;
comment on column change.plan_change.alone is 'Whether no other change of the account may be charged meanwhile; not of those that began before this was so.';
create unique index plan_change_charging on change.plan_change (account_id) where alone and state = 'REQUESTED';
--rollback drop index change.plan_change_charging;
--rollback alter table change.plan_change drop column alone;
