--liquibase formatted sql logicalFilePath:db/invoice/0002-usage.sql

--changeset headroom:invoice-0002
alter table invoice.line add usage_months int check (usage_months > 0);
comment on column invoice.line.usage_months is 'Months of the period whose use past a limit it bills; null for anything else, and for what was read before this was noted.';
create table invoice.usage (
    account_id uuid not null,
    id uuid not null,
    subscription_id uuid not null,
    invoice_id uuid,
    product_id uuid not null,
    plan_version_id uuid not null,
    currency text not null,
    year numeric(38, 12) not null check (year >= 0),
    effective_at timestamptz not null,
    at timestamptz not null,
    primary key (account_id, id),
    foreign key (account_id, invoice_id) references invoice.invoice,
    check (effective_at <= at)
);
create index usage_newest on invoice.usage (account_id, subscription_id, at desc, id desc);
comment on table invoice.usage is 'UsageBilled, stored: what use past limits brings, each time that it became another. Never changed.';
comment on column invoice.usage.invoice_id is 'That says so; null where the subscription stopped to bring anything, or began to again.';
comment on column invoice.usage.year is 'Twelve months like the closed period that the newest invoice bills, in minor units.';
--rollback drop table invoice.usage;
--rollback alter table invoice.line drop usage_months;
