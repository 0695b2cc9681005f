--liquibase formatted sql logicalFilePath:db/usage/0002-strength.sql

--changeset headroom:usage-0002-identity
alter table usage.event_identity
    alter column body_hash type bigint using ('x' || encode(substring(body_hash from 1 for 8), 'hex'))::bit(64)::bigint;
create index event_identity_at on usage.event_identity using brin (at);
comment on column usage.event_identity.body_hash is 'The first eight bytes of a SHA-256: enough to tell a retry from another event under the same id.';
--rollback drop index usage.event_identity_at;
--rollback alter table usage.event_identity alter column body_hash type bytea using int8send(body_hash);

--changeset headroom:usage-0002-events splitStatements:false
alter table usage.event rename to event_before;
create table usage.event (
    account_id uuid not null,
    event_id text not null,
    feature_id uuid not null,
    at timestamptz not null,
    quantity bigint not null,
    properties jsonb,
    period_from timestamptz not null,
    recorded_at timestamptz not null
) partition by range (at);
comment on table usage.event is 'In partitions of a month, made when an event of that month comes and dropped when they are older than events are kept. What makes an event count once is event_identity.';
comment on column usage.event.period_from is 'The billing period that it was counted in; after that period was closed, a later one than its time says.';
do $$
declare
    month date;
begin
    for month in select distinct date_trunc('month', at at time zone 'UTC')::date from usage.event_before loop
        execute format('create table usage.event_%s partition of usage.event for values from (%L) to (%L)',
            to_char(month, 'YYYY_MM'), month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');
    end loop;
end $$;
insert into usage.event (account_id, event_id, feature_id, at, quantity, properties, period_from, recorded_at)
select e.account_id, e.event_id, e.feature_id, e.at, e.quantity, e.properties,
    coalesce((select max(c.period_from) from usage.counter c
        where c.account_id = e.account_id and c.feature_id = e.feature_id and c.period_from <= e.at and e.at < c.period_until), date_trunc('month', e.at)),
    e.recorded_at
from usage.event_before e;
drop table usage.event_before;
create index event_feature on usage.event (account_id, feature_id, at);
--rollback alter table usage.event drop column period_from;

--changeset headroom:usage-0002-counters
alter table usage.counter
    add column grain text not null default 'PERIOD' check (grain in ('PERIOD', 'HOUR')),
    add column grp text not null default '',
    add column last_at timestamptz,
    add column revision bigint not null default 1,
    drop constraint counter_pkey;
update usage.counter set last_at = period_from;
alter table usage.counter
    alter column last_at set not null,
    alter column grain drop default,
    alter column grp drop default,
    add primary key (account_id, grain, feature_id, grp, period_from),
    set (fillfactor = 70);
comment on table usage.counter is 'Running totals, raised in the transaction that stores the event: of windows, and of hours for charts and rolling windows; an allowance has a window without end.';
comment on column usage.counter.grp is 'Of a window, the values of the properties that the meter is grouped by, as JSON; empty for the whole.';
comment on column usage.counter.last_at is 'The time of the latest event in it.';
comment on column usage.counter.revision is 'Raised by every write, so that memory never goes back to an older total.';
insert into usage.counter (account_id, feature_id, grain, grp, period_from, period_until, used, last_at)
select account_id, feature_id, 'HOUR', '', date_trunc('hour', at), date_trunc('hour', at) + interval '1 hour', sum(quantity), max(at)
from usage.event
group by account_id, feature_id, date_trunc('hour', at);
create table usage.seen (
    account_id uuid not null,
    feature_id uuid not null,
    period_from timestamptz not null,
    value text not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (account_id, feature_id, period_from, value)
);
comment on table usage.seen is 'The values that a meter of unique values had in a window, and when first and last.';
--rollback drop table usage.seen;
--rollback delete from usage.counter where grain = 'HOUR' or grp <> '';
--rollback alter table usage.counter drop constraint counter_pkey, drop column grain, drop column grp, drop column last_at, drop column revision, add primary key (account_id, feature_id, period_from);
