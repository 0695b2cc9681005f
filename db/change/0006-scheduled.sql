--liquibase formatted sql logicalFilePath:db/change/0006-scheduled.sql

--changeset headroom:change-0006
alter table change.plan_change add column effective_at timestamptz;
alter table change.plan_change drop constraint plan_change_state_check;
alter table change.plan_change add constraint plan_change_state_check
    check (state in ('REQUESTED', 'ACTION_REQUIRED', 'CANCELING', 'SCHEDULED', 'APPLIED', 'MISMATCHED', 'DECLINED', 'REFUSED', 'ABANDONED', 'CANCELED'));
create index plan_change_scheduled on change.plan_change (lease_until) where state = 'SCHEDULED';
create index plan_change_waiting on change.plan_change (account_id, subscription_id) where state = 'SCHEDULED';
comment on column change.plan_change.effective_at is 'The end of the period that it waits for; null for a change at once.';
--rollback drop index change.plan_change_scheduled;
--rollback drop index change.plan_change_waiting;
--rollback update change.plan_change set state = 'CANCELED' where state = 'SCHEDULED';
--rollback alter table change.plan_change drop constraint plan_change_state_check;
--rollback alter table change.plan_change add constraint plan_change_state_check check (state in ('REQUESTED', 'ACTION_REQUIRED', 'CANCELING', 'APPLIED', 'MISMATCHED', 'DECLINED', 'REFUSED', 'ABANDONED', 'CANCELED'));
--rollback alter table change.plan_change drop column effective_at;
