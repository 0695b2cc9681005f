--liquibase formatted sql logicalFilePath:db/approval/0001-approval.sql

--changeset headroom:approval-0001
create schema approval;
create table approval.rules (
    product_id uuid not null,
    version int not null check (version > 0),
    seats bigint check (seats > 0),
    recurring jsonb not null,
    discount numeric(5, 2) check (discount >= 0 and discount <= 100),
    plan_ids uuid[] not null,
    request_days int not null check (request_days > 0),
    set_by text not null,
    set_at timestamptz not null,
    primary key (product_id, version)
);
comment on table approval.rules is 'What of a product is not sold without approval; the highest version counts, the others are its history.';
comment on column approval.rules.recurring is 'Minor units a month, by currency.';
create table approval.request (
    account_id uuid not null,
    id uuid not null unique,
    subscription_id uuid not null,
    state text not null check (state in ('REQUESTED', 'APPROVED', 'COUNTERED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')),
    version int not null check (version > 0),
    change jsonb not null,
    discount jsonb,
    shown jsonb not null,
    reasons jsonb not null,
    reason text not null,
    asked_by text not null,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    agreed_change jsonb,
    agreed_discount jsonb,
    agreed_shown jsonb,
    comment text,
    decided_by text,
    decided_at timestamptz,
    change_id uuid,
    accepted_at timestamptz,
    primary key (account_id, id),
    check ((agreed_change is null) = (agreed_shown is null)),
    check (agreed_change is null or state in ('APPROVED', 'COUNTERED', 'WITHDRAWN', 'EXPIRED')),
    check ((change_id is null) = (accepted_at is null))
);
comment on table approval.request is 'What somebody asked for, what was shown to them then, and what became of it.';
comment on column approval.request.state is 'As it was written last; what is open becomes expired by time alone, and what was agreed is accepted once it has a change.';
comment on column approval.request.change_id is 'The change that was made of it, or is being made; it goes when that ends without effect.';
create unique index request_open on approval.request (account_id, subscription_id, md5(change::text)) where state = 'REQUESTED';
create index request_change on approval.request (change_id) where change_id is not null;
--rollback drop schema approval cascade;
