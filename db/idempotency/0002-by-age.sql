--liquibase formatted sql logicalFilePath:db/idempotency/0002-by-age.sql

--changeset headroom:idempotency-0002
create index request_at on idempotency.request (at);
--rollback drop index idempotency.request_at;
