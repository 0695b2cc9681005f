--liquibase formatted sql logicalFilePath:db/subscription/0004-who-assigned.sql

--changeset headroom:subscription-0004
alter table subscription.seat add column assigned_by text;
comment on column subscription.seat.assigned_by is 'The actor''s name; null for seats from before it was kept.';
create index seat_in_order on subscription.seat (account_id, subscription_id, assigned_at, member_id);
comment on index subscription.seat_in_order is 'Pages of holders, in the order in which they got their seats.';
--rollback drop index subscription.seat_in_order; alter table subscription.seat drop column assigned_by;
