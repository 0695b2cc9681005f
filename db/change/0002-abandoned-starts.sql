--liquibase formatted sql logicalFilePath:db/change/0002-abandoned-starts.sql

--changeset headroom:change-0002
alter table change.subscription_start drop constraint subscription_start_state_check;
alter table change.subscription_start add constraint subscription_start_state_check
    check (state in ('REQUESTED', 'STARTED', 'DECLINED', 'REFUSED', 'ABANDONED'));
--rollback update change.subscription_start set state = 'REFUSED' where state = 'ABANDONED';
--rollback alter table change.subscription_start drop constraint subscription_start_state_check;
--rollback alter table change.subscription_start add constraint subscription_start_state_check check (state in ('REQUESTED', 'STARTED', 'DECLINED', 'REFUSED'));
