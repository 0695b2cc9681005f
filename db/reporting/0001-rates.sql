--liquibase formatted sql logicalFilePath:db/reporting/0001-rates.sql

--changeset headroom:reporting-0001
create schema reporting;
create table reporting.rate (
    number bigint primary key generated always as identity,
    batch uuid not null,
    currency text not null,
    reporting text not null check (reporting <> currency),
    month date not null check (extract(day from month) = 1),
    rate numeric(19, 12) not null check (rate > 0),
    correction text check (correction <> ''),
    set_by text not null,
    set_at timestamptz not null
);
comment on table reporting.rate is 'What the vendor said that one of a currency is in another, from a month on until an entry of a later one begins; of one month the last entry counts. Never changed.';
comment on column reporting.rate.batch is 'What was said at once.';
comment on column reporting.rate.rate is 'How much of the reporting currency one of the currency is, in major units of both.';
comment on column reporting.rate.correction is 'Why another rate came to stand in a month that was closed; null where none did.';
create index rate_standing on reporting.rate (reporting, currency, month desc, number desc);
create index rate_batch on reporting.rate (batch);
--rollback drop schema reporting cascade;

--changeset headroom:reporting-0002 splitStatements:false
create function reporting.refuse() returns trigger language plpgsql as $refuse$
begin
    raise exception 'Rates are never changed: % refused; what was wrong is corrected by another entry', tg_op using errcode = 'restrict_violation';
end
$refuse$;
create trigger rate_stays before update or delete or truncate on reporting.rate for each statement execute function reporting.refuse();
alter table reporting.rate enable always trigger rate_stays;
--rollback drop trigger rate_stays on reporting.rate;
--rollback drop function reporting.refuse();
