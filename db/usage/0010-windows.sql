--liquibase formatted sql logicalFilePath:db/usage/0010-windows.sql

--changeset headroom:usage-0010
-- Whole windows that run, or ended lately, of everybody. No column of it changes while something is counted.
create index counter_windows on usage.counter (period_until, account_id, feature_id, period_from) where grain = 'PERIOD' and grp = '';
--rollback drop index usage.counter_windows;
