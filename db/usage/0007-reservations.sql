--liquibase formatted sql logicalFilePath:db/usage/0007-reservations.sql

--changeset headroom:usage-0007
create index reservation_made on usage.reservation using brin (made_at);
comment on table usage.event_identity is 'What makes an event count once: keyed by account and event id, not by time, so that what comes again with another time is not a second event.';
comment on column usage.counter.passed_at is 'Since when more than what is included is used; grace is counted from here. Null while it is not.';
comment on column usage.reservation.period_from is 'Of the window in which it is held back, and in which its use will count.';
--rollback drop index usage.reservation_made;
