--liquibase formatted sql logicalFilePath:db/usage/0009-seen-last.sql

--changeset headroom:usage-0009
create index seen_last on usage.seen (account_id, feature_id, last_at) where period_from = timestamptz 'epoch';
comment on index usage.seen_last is 'Of windows without an end: what a window that rolls has seen in its days, and what it has not seen for so long that it is deleted.';
--rollback drop index usage.seen_last;
