--liquibase formatted sql logicalFilePath:db/idempotency/0001-request.sql

--changeset headroom:idempotency-0001
create schema idempotency;
create table idempotency.request (
    actor text not null,
    operation text not null,
    key text not null,
    input_hash bytea not null,
    result uuid not null,
    at timestamptz not null,
    primary key (actor, operation, key)
);
comment on table idempotency.request is 'One row for each command that took effect: who, which, under which key, with which input, and the id of what it made.';
--rollback drop schema idempotency cascade;
