--liquibase formatted sql logicalFilePath:db/change/0021-starts-with-several-offers.sql

--changeset headroom:change-0021
alter table change.subscription_start add column offer_ids uuid[] not null default '{}';
update change.subscription_start set offer_ids = array[offer_id] where offer_id is not null;
alter table change.subscription_start alter column offer_ids drop default;
alter table change.subscription_start drop column offer_id;
comment on column change.subscription_start.offer_ids is 'Taken with it, in the order in which they reduce, and given back where nothing comes of it.';
--rollback alter table change.subscription_start add column offer_id uuid;
--rollback update change.subscription_start set offer_id = offer_ids[1];
--rollback comment on column change.subscription_start.offer_id is 'Taken with it, and given back where nothing comes of it.';
--rollback alter table change.subscription_start drop column offer_ids;
