--liquibase formatted sql logicalFilePath:db/change/0003-given-up.sql

--changeset headroom:change-0003
alter table change.plan_change add column confirm_by timestamptz;
alter table change.plan_change drop constraint plan_change_state_check;
alter table change.plan_change add constraint plan_change_state_check
    check (state in ('REQUESTED', 'ACTION_REQUIRED', 'CANCELING', 'APPLIED', 'MISMATCHED', 'DECLINED', 'REFUSED', 'ABANDONED', 'CANCELED'));
drop index change.plan_change_open;
drop index change.plan_change_unfinished;
create unique index plan_change_open on change.plan_change (account_id, subscription_id)
    where state in ('REQUESTED', 'ACTION_REQUIRED', 'CANCELING');
create index plan_change_unfinished on change.plan_change (lease_until) where state in ('REQUESTED', 'ACTION_REQUIRED', 'CANCELING');
--rollback update change.plan_change set state = 'ACTION_REQUIRED' where state = 'CANCELING';
--rollback update change.plan_change set state = 'ABANDONED' where state = 'CANCELED';
--rollback drop index change.plan_change_open;
--rollback drop index change.plan_change_unfinished;
--rollback create unique index plan_change_open on change.plan_change (account_id, subscription_id) where state in ('REQUESTED', 'ACTION_REQUIRED');
--rollback create index plan_change_unfinished on change.plan_change (lease_until) where state in ('REQUESTED', 'ACTION_REQUIRED');
--rollback alter table change.plan_change drop constraint plan_change_state_check;
--rollback alter table change.plan_change add constraint plan_change_state_check check (state in ('REQUESTED', 'ACTION_REQUIRED', 'APPLIED', 'MISMATCHED', 'DECLINED', 'REFUSED', 'ABANDONED'));
--rollback alter table change.plan_change drop column confirm_by;
