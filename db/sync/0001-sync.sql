--liquibase formatted sql logicalFilePath:db/sync/0001-sync.sql

--changeset headroom:sync-0001
create schema sync;
create table sync.catalog_apply (
    id uuid primary key,
    asked_by text not null,
    asked_at timestamptz not null,
    fingerprint text not null,
    subjects text[] not null,
    applied int not null default 0,
    lease_until timestamptz not null,
    finished_at timestamptz,
    failure text
);
comment on table sync.catalog_apply is 'A plan of differences between our catalogue and Stripe''s that somebody agreed to, and how far it has been carried out.';
comment on column sync.catalog_apply.subjects is 'What was agreed to be made level: what differs else when it is carried out is left alone.';
create unique index catalog_apply_open on sync.catalog_apply ((true)) where finished_at is null;
comment on index sync.catalog_apply_open is 'One at a time: two would make the same price twice.';
create index catalog_apply_asked on sync.catalog_apply (asked_at desc);
--rollback drop schema sync cascade;
