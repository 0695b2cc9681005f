--liquibase formatted sql logicalFilePath:db/change/0013-dated.sql

--changeset headroom:change-0013
alter table change.plan_change add column promised_for timestamptz;
comment on column change.plan_change.promised_for is
    'The date that it was asked and priced for, and is charged for when that has come; null for a change at once or with the end of the period.';
comment on column change.plan_change.effective_at is 'The end of the period, or the date, that it waits for; null for a change at once.';
--rollback update change.plan_change set state = 'CANCELED' where state = 'SCHEDULED' and promised_for is not null;
--rollback alter table change.plan_change drop column promised_for;
