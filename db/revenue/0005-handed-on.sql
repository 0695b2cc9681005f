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
