--liquibase formatted sql logicalFilePath:db/value/0001-value.sql

--changeset headroom:value-0001
create schema value;
create table value.metrics (
    product_id uuid not null,
    version int not null check (version > 0),
    metrics jsonb not null,
    implementation jsonb not null,
    set_by text not null,
    set_at timestamptz not null,
    primary key (product_id, version)
);
comment on table value.metrics is 'What the vendor says a product is worth to its customers; the highest version counts, the others are its history.';
comment on column value.metrics.metrics is 'For each feature and currency: minor units of a unit or, where minutes are given that a unit saves, of an hour.';
comment on column value.metrics.implementation is 'Minor units that moving to more costs a customer once, by currency.';
--rollback drop schema value cascade;
