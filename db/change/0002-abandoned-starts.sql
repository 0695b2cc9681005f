--liquibase formatted sql

--changeset headroom:change-0002
alter table change.subscription_start drop constraint subscription_start_state_check;
alter table change.subscription_start add constraint subscription_start_state_check
    check (state in ('REQUESTED', 'STARTED', 'DECLINED', 'REFUSED', 'ABANDONED'));
--rollback not required
