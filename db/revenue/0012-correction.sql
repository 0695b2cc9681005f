--liquibase formatted sql logicalFilePath:db/revenue/0012-correction.sql

--changeset headroom:revenue-0032
create table revenue.correction (
    account_id uuid not null references revenue.account,
    currency text not null,
    id uuid not null,
    before int not null check (before >= 0),
    through int not null check (through >= before),
    at timestamptz not null,
    reason text not null check (reason <> ''),
    by text not null,
    primary key (account_id, currency, id)
);
comment on table revenue.correction is 'Where somebody made an account stand as it follows from its history; what was booked before stays as it was booked. Never changed.';
comment on column revenue.correction.before is 'Number of the last movement that was there; 0 where there was none.';
comment on column revenue.correction.through is 'Number of the last movement that the correction booked; the same where only names and months differed, which stay.';
create trigger correction_stays before update or delete or truncate on revenue.correction for each statement execute function revenue.refuse();
alter table revenue.correction enable always trigger correction_stays;
--rollback drop table revenue.correction;
