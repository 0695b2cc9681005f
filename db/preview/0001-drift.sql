--liquibase formatted sql logicalFilePath:db/preview/0001-drift.sql

--changeset headroom:preview-0001
create schema preview;
create table preview.drift (
    account_id uuid not null,
    id uuid not null,
    subscription_id uuid not null,
    quote_id uuid not null,
    invoice text not null check (invoice in ('NOW', 'NEXT')),
    currency text not null,
    ours_minor bigint not null,
    stripes_minor bigint not null,
    why text[] not null,
    actor text not null,
    seen int not null check (seen > 0),
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    resolved_at timestamptz,
    primary key (account_id, id)
);
comment on table preview.drift is 'Where what Stripe would bill differed from what we reckoned: one open row a subscription, told by its last comparison.';
comment on column preview.drift.quote_id is 'Of the quote that was compared last; quotes are not stored.';
comment on column preview.drift.ours_minor is 'What the invoice comes to with the customer''s balance and without tax on top, as we reckoned it; may be negative.';
comment on column preview.drift.stripes_minor is 'The same as Stripe has it.';
comment on column preview.drift.why is 'What of it is known to be beyond our arithmetic; empty where nobody knows.';
comment on column preview.drift.resolved_at is 'When a later comparison agreed; null while none has.';
create unique index drift_open on preview.drift (account_id, subscription_id) where resolved_at is null;
create index drift_seen on preview.drift (last_seen_at desc, id desc);
--rollback drop schema preview cascade;
