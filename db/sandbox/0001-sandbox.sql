--liquibase formatted sql logicalFilePath:db/sandbox/0001-sandbox.sql

--changeset headroom:sandbox-0001
create schema sandbox;

-- Every Stripe object, as the document that the wire shows, with the few columns that it is found by.
create table sandbox.document (
    kind     text        not null,
    id       text        not null,
    customer text,
    created  timestamptz not null,
    sequence bigint      generated always as identity,
    due_at   timestamptz,
    terms    text[]      not null,
    body     jsonb       not null,
    primary key (kind, id)
);
create index document_newest on sandbox.document (kind, created desc, sequence desc);
create index document_customer on sandbox.document (customer, kind);
create index document_terms on sandbox.document using gin (terms);
create index document_due on sandbox.document (due_at, sequence) where due_at is not null;

create table sandbox.occurrence (
    id       text        primary key,
    type     text        not null,
    created  timestamptz not null,
    sequence bigint      generated always as identity,
    body     jsonb       not null
);
create index occurrence_newest on sandbox.occurrence (created desc, sequence desc);

create table sandbox.delivery (
    event        text        not null references sandbox.occurrence on delete cascade,
    endpoint     text        not null,
    attempts     integer     not null,
    next_attempt timestamptz,
    primary key (event, endpoint)
);
create index delivery_due on sandbox.delivery (next_attempt) where next_attempt is not null;

create table sandbox.idempotency (
    key        text        primary key,
    fingerprint text       not null,
    request_id text        not null,
    status     integer     not null,
    answer     text        not null,
    created    timestamptz not null
);
create index idempotency_created on sandbox.idempotency (created);

create table sandbox.setting (
    name  text primary key,
    value text not null
);
--rollback drop schema sandbox cascade;
