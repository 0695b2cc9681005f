--liquibase formatted sql logicalFilePath:db/catalog/0015-own-prices.sql

--changeset headroom:catalog-0020
alter table catalog.plan
    add column account_id uuid,
    add column instead_of uuid references catalog.plan,
    add constraint plan_own check ((account_id is null) = (instead_of is null));
comment on column catalog.plan.account_id is 'The only account that may have it, and know of it; null is every account.';
comment on column catalog.plan.instead_of is 'In whose place that account is shown it; null where it is for every account.';
--rollback alter table catalog.plan drop column instead_of, drop column account_id;
