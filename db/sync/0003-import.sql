--liquibase formatted sql logicalFilePath:db/sync/0003-import.sql

--changeset headroom:sync-0003
create table sync.finding (
    walk_id uuid not null references sync.walk on delete cascade,
    kind text not null check (kind in ('PRODUCT', 'PRICE', 'CUSTOMER', 'SUBSCRIPTION')),
    stripe_id text not null,
    outcome text not null check (outcome in ('MAPPED', 'KNOWN', 'NOT_MAPPED')),
    name text not null,
    becomes text,
    reason text,
    primary key (walk_id, kind, stripe_id),
    check ((outcome = 'NOT_MAPPED') = (reason is not null))
);
comment on table sync.finding is 'What an import, dry or not, has made of each object at Stripe; one that has a row is not looked at again by the same import.';
create index finding_outcome on sync.finding (walk_id, outcome, kind, stripe_id);
create index finding_becomes on sync.finding (walk_id, kind, becomes);
--rollback drop table sync.finding;
