--liquibase formatted sql logicalFilePath:db/sale/0001-sale.sql

--changeset headroom:sale-0001
create schema sale;
create table sale.draft (
    id uuid primary key,
    kind text not null check (kind in ('OFFER', 'BUNDLE')),
    ends text,
    sheet jsonb,
    state text not null check (state in ('OPEN', 'DISCARDED', 'PUBLISHED')),
    revision int not null,
    opened_by text not null,
    opened_at timestamptz not null,
    changed_by text not null,
    changed_at timestamptz not null,
    closed_by text,
    closed_at timestamptz,
    check (ends is not null or sheet is not null),
    check ((state = 'OPEN') = (closed_at is null))
);
comment on column sale.draft.ends is 'Key of the offer or bundle that ends with it; null where none does.';
comment on column sale.draft.sheet is 'The offer or bundle that is made, as it was typed; null where something only ends.';
create unique index draft_ends on sale.draft (kind, ends) where state = 'OPEN' and ends is not null;
create table sale.edit (
    draft_id uuid not null references sale.draft,
    revision int not null,
    actor text not null,
    at timestamptz not null,
    primary key (draft_id, revision)
);
comment on table sale.edit is 'Who had a hand in it; opening it is one.';
create table sale.look (
    id uuid primary key,
    draft_id uuid not null references sale.draft,
    revision int not null,
    sold text not null,
    seen jsonb not null,
    actor text not null,
    at timestamptz not null
);
comment on column sale.look.sold is 'What else was sold then, as one short text.';
comment on column sale.look.seen is 'The sums of what it would do, as they were shown.';
--rollback drop schema sale cascade;
