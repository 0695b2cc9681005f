--liquibase formatted sql logicalFilePath:db/preview/0002-drift-by-subscription.sql

--changeset headroom:preview-0002
create index drift_of_subscription on preview.drift (subscription_id) where resolved_at is null;
--rollback drop index preview.drift_of_subscription;
