--liquibase formatted sql logicalFilePath:db/audit/0001-entry.sql

--changeset headroom:audit-0001
create schema audit;
create table audit.entry (
    id uuid primary key,
    account_id uuid,
    at timestamptz not null,
    actor text not null,
    operation text not null,
    subject text not null,
    subject_id text not null,
    before jsonb,
    after jsonb
);
create index entry_account on audit.entry (account_id, at desc);
comment on table audit.entry is 'Who did what to which thing, written in the transaction that did it; never changed.';
--rollback drop schema audit cascade;
