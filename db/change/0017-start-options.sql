--liquibase formatted sql logicalFilePath:db/change/0017-start-options.sql

--changeset headroom:change-0017
alter table change.subscription_start add column offer_id uuid;
alter table change.subscription_start add column stub_from timestamptz;
alter table change.subscription_start add column stub_until timestamptz;
alter table change.subscription_start add constraint subscription_start_stub_check check (num_nulls(stub_from, stub_until) in (0, 2));
comment on column change.subscription_start.offer_id is 'Taken with it, and given back where nothing comes of it.';
comment on column change.subscription_start.stub_from is 'The second of its quote, to which Stripe dates it back where its periods end with another subscription''s; null for a whole period.';
comment on column change.subscription_start.stub_until is 'Where its first period ends, exclusive.';
--rollback alter table change.subscription_start drop constraint subscription_start_stub_check;
--rollback alter table change.subscription_start drop column stub_until;
--rollback alter table change.subscription_start drop column stub_from;
--rollback alter table change.subscription_start drop column offer_id;
