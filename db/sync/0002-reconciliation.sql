--liquibase formatted sql logicalFilePath:db/sync/0002-reconciliation.sql

--changeset headroom:sync-0002
create table sync.walk (
    id uuid primary key,
    kind text not null check (kind in ('RECONCILIATION', 'DRY_RUN', 'IMPORT')),
    settings jsonb not null,
    asked_by text not null,
    began_at timestamptz not null,
    stage text not null,
    position text,
    read int not null default 0,
    found int not null default 0,
    lease_until timestamptz not null,
    finished_at timestamptz,
    failure text
);
comment on table sync.walk is 'A way through everything that an account at Stripe has, page by page, and how far it has come.';
comment on column sync.walk.position is 'Where the next page of the stage begins; null for its first.';
create unique index walk_open on sync.walk ((kind = 'RECONCILIATION')) where finished_at is null;
comment on index sync.walk_open is 'One reconciliation at a time, and one import, dry or not.';
create index walk_began on sync.walk (kind, began_at desc);
create table sync.seen (
    walk_id uuid not null references sync.walk on delete cascade,
    stripe_id text not null,
    primary key (walk_id, stripe_id)
);
comment on table sync.seen is 'What a walk met at Stripe; gone when it ends.';
create table sync.difference (
    id uuid primary key,
    stripe_id text not null,
    account_id uuid not null,
    aspect text not null,
    ours text,
    theirs text,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    repair_asked_by text,
    failure text,
    ended_at timestamptz,
    ended_by text
);
comment on table sync.difference is 'In what our mirror of a subscription or customer and Stripe''s were found not to be the same; kept when it is repaired.';
comment on column sync.difference.failure is 'Why the last repair did not help.';
comment on column sync.difference.ended_by is 'Who had it repaired; null for what was found level again by itself.';
create unique index difference_open on sync.difference (stripe_id, aspect) where ended_at is null;
create index difference_ended on sync.difference (ended_at, id) where ended_at is not null;
--rollback drop table sync.difference;
--rollback drop table sync.seen;
--rollback drop table sync.walk;
