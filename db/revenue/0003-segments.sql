--liquibase formatted sql logicalFilePath:db/revenue/0003-segments.sql

--changeset headroom:revenue-0005
alter table revenue.account add country text;
comment on column revenue.account.country is 'Where the account is, for figures by country; empty where it did not say, null until the job has asked.';
create index account_country_wanted on revenue.account (account_id) where country is null;
--rollback drop index revenue.account_country_wanted;
--rollback alter table revenue.account drop country;
