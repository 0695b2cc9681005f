--liquibase formatted sql logicalFilePath:db/change/0011-total.sql

--changeset headroom:change-0011
--comment What is taken from the customer's balance is promised as much as what is charged.
alter table change.plan_change add column total_minor bigint;
comment on column change.plan_change.total_minor is
    'Promised to be charged or taken from the balance, or, where negative, given to it; null for changes from before it was promised.';
--rollback alter table change.plan_change drop column total_minor;
