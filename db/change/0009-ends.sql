--liquibase formatted sql logicalFilePath:db/change/0009-ends.sql

--changeset headroom:change-0009
alter table change.plan_change add column total_minor bigint;
comment on column change.plan_change.total_minor is 'What was promised of the last invoice of a subscription that ends at once, negative to be given back; null of everything else.';
--rollback alter table change.plan_change drop column total_minor;
