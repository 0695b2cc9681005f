--liquibase formatted sql logicalFilePath:db/revenue/0005-handed-on.sql

--changeset headroom:revenue-0011
alter table revenue.counted add goes_on_as uuid;
comment on column revenue.counted.goes_on_as is 'The recorded subscription that took over what was brought under this one: revenue by plan tells both as one.';
--rollback alter table revenue.counted drop goes_on_as;

--changeset headroom:revenue-0012
create table revenue.brought (
    currency text primary key,
    times bigint not null
);
comment on table revenue.brought is 'How often a past was brought in a currency. Whoever keeps what follows from months that are over holds the row, and keeps nothing where it has counted on.';
--rollback drop table revenue.brought;

--changeset headroom:revenue-0013
create index movement_recorded on revenue.movement (currency, month) where cause not like 'history:%';
comment on index revenue.movement_recorded is 'Since when anything was recorded of a currency: before that its past may be brought.';
--rollback drop index revenue.movement_recorded;
