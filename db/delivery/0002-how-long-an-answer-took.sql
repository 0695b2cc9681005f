--liquibase formatted sql logicalFilePath:db/delivery/0002-how-long-an-answer-took.sql

--changeset headroom:delivery-0002
alter table delivery.delivery
    add column tried_at timestamptz,
    add column millis int;
comment on column delivery.delivery.tried_at is 'When it was sent last; null where it was not, and of what was sent before this was kept.';
comment on column delivery.delivery.millis is 'How long the last try took; null where tried_at is.';
--rollback alter table delivery.delivery drop column tried_at, drop column millis;
