--liquibase formatted sql logicalFilePath:db/usage/0006-retention.sql

--changeset headroom:usage-0006-dropped
create table usage.dropped (
    account_id uuid primary key,
    until timestamptz not null
);
comment on table usage.dropped is 'Whose events retention has dropped, and up to when: totals that reach back to them cannot be counted again.';
insert into usage.dropped (account_id, until)
select c.account_id, oldest.month
from usage.counter c
cross join (
    select to_date(min(substring(p.relname from 7)), 'YYYY_MM')::timestamp at time zone 'UTC' as month
    from pg_inherits i join pg_class p on p.oid = i.inhrelid
    where i.inhparent = 'usage.event'::regclass) oldest
where c.grain = 'HOUR' and c.period_from < oldest.month
group by c.account_id, oldest.month;
--rollback drop table usage.dropped;
