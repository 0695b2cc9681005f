--liquibase formatted sql logicalFilePath:db/change/0014-promised-starts.sql

--changeset headroom:change-0014
alter table change.subscription_start drop constraint subscription_start_state_check;
alter table change.subscription_start add constraint subscription_start_state_check
    check (state in ('REQUESTED', 'STARTED', 'MISMATCHED', 'DECLINED', 'REFUSED', 'ABANDONED'));
alter table change.subscription_start add column quote_id uuid;
alter table change.subscription_start add column quote_expires_at timestamptz;
alter table change.subscription_start add column due_minor bigint;
alter table change.subscription_start add column total_minor bigint;
alter table change.subscription_start add constraint subscription_start_promise_check check (num_nulls(quote_id, quote_expires_at, due_minor, total_minor) in (0, 4));
comment on column change.subscription_start.quote_id is 'Of the quote that it was started with; null where the vendor started it without one.';
comment on column change.subscription_start.due_minor is 'Promised to be charged, in the currency of the price.';
comment on column change.subscription_start.total_minor is 'Promised to be charged or taken from the balance.';
--rollback update change.subscription_start set state = 'STARTED' where state = 'MISMATCHED';
--rollback alter table change.subscription_start drop constraint subscription_start_promise_check;
--rollback alter table change.subscription_start drop column quote_id;
--rollback alter table change.subscription_start drop column quote_expires_at;
--rollback alter table change.subscription_start drop column due_minor;
--rollback alter table change.subscription_start drop column total_minor;
--rollback alter table change.subscription_start drop constraint subscription_start_state_check;
--rollback alter table change.subscription_start add constraint subscription_start_state_check check (state in ('REQUESTED', 'STARTED', 'DECLINED', 'REFUSED', 'ABANDONED'));
