--liquibase formatted sql logicalFilePath:db/subscription/0040-uncollectible.sql

--changeset headroom:subscription-0040
alter table subscription.subscription add column uncollectible boolean not null default false;
comment on column subscription.subscription.uncollectible is 'Whether the newest renewal that was paid or given up was given up; while past due, it brings nothing.';
--rollback alter table subscription.subscription drop column uncollectible;
