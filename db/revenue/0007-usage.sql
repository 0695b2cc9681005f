--liquibase formatted sql logicalFilePath:db/revenue/0007-usage.sql

--changeset headroom:revenue-0017
alter table revenue.counted add usage numeric(38, 12) not null default 0 check (usage >= 0);
comment on column revenue.counted.year is 'Twelve months of what recurs in minor units, exact.';
comment on column revenue.counted.usage is 'Twelve months like the last closed period of use past limits; it is counted beside what recurs.';
--rollback alter table revenue.counted drop usage;
