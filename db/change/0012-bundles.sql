--liquibase formatted sql logicalFilePath:db/change/0012-bundles.sql

--changeset headroom:change-0012
alter table change.subscription_start add column bundle_id uuid;
comment on column change.subscription_start.bundle_id is 'That reduces it from the beginning, so that asking Stripe again asks for the same.';
create table change.bundle_due (
    account_id uuid primary key,
    due_at timestamptz not null,
    requests bigint not null,
    lease_until timestamptz not null
);
comment on table change.bundle_due is 'Accounts of which something changed that may have formed or broken a bundle; the row goes when somebody has looked.';
comment on column change.bundle_due.requests is 'Raised by whoever says so again, so that it is looked again.';
--rollback drop table change.bundle_due;
--rollback alter table change.subscription_start drop column bundle_id;
