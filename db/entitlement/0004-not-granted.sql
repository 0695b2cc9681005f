--liquibase formatted sql logicalFilePath:db/entitlement/0004-not-granted.sql

--changeset headroom:entitlement-0004
alter table entitlement.notice drop constraint notice_kind_check;
alter table entitlement.notice add constraint notice_kind_check check (kind in ('THRESHOLD_PASSED', 'LIMIT_HIT', 'NOT_GRANTED'));
create unique index notice_once_an_hour on entitlement.notice (account_id, feature_id, kind, (date_trunc('hour', at at time zone 'UTC')))
    where kind in ('LIMIT_HIT', 'NOT_GRANTED');
drop index entitlement.notice_limit_hit;
comment on table entitlement.notice is 'What somebody may want to be told: a threshold that was passed, once a window and limit; a limit that was hit and a feature that was asked for and is not granted, each the first time in an hour.';
--rollback delete from entitlement.notice where kind = 'NOT_GRANTED';
--rollback create unique index notice_limit_hit on entitlement.notice (account_id, feature_id, (date_trunc('hour', at at time zone 'UTC'))) where kind = 'LIMIT_HIT';
--rollback drop index entitlement.notice_once_an_hour;
--rollback alter table entitlement.notice drop constraint notice_kind_check;
--rollback alter table entitlement.notice add constraint notice_kind_check check (kind in ('THRESHOLD_PASSED', 'LIMIT_HIT'));
--rollback comment on table entitlement.notice is 'What somebody may want to be told: a threshold that was passed, once a window and limit; a limit that was hit, the first time in an hour.';
