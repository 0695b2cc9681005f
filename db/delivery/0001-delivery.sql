--liquibase formatted sql logicalFilePath:db/delivery/0001-delivery.sql

--changeset headroom:delivery-0001
create schema delivery;
create table delivery.endpoint (
    id uuid primary key,
    url text not null,
    description text not null,
    kinds text[] not null,
    secret bytea not null,
    former_secret bytea,
    former_until timestamptz,
    created_by text not null,
    created_at timestamptz not null,
    removed_at timestamptz,
    constraint endpoint_former check ((former_secret is null) = (former_until is null))
);
comment on column delivery.endpoint.secret is 'Sealed; what is sent is signed with it.';
comment on column delivery.endpoint.former_secret is 'Sealed; what is sent is signed with it too, until former_until, exclusive.';
create table delivery.event (
    id uuid primary key,
    kind text not null,
    account_id uuid,
    at timestamptz not null,
    body text not null
);
comment on column delivery.event.account_id is 'Whom it is about; null is nobody alone.';
create table delivery.delivery (
    event_id uuid not null references delivery.event,
    endpoint_id uuid not null references delivery.endpoint,
    state text not null check (state in ('WAITING', 'DELIVERED', 'GIVEN_UP')),
    tries int not null,
    due_at timestamptz not null,
    status int,
    failure text,
    changed_at timestamptz not null,
    primary key (event_id, endpoint_id)
);
comment on column delivery.delivery.due_at is 'When it is sent next; while it is being sent, when somebody else may.';
comment on column delivery.delivery.status is 'That was answered last; null where nothing was.';
create index delivery_due on delivery.delivery (due_at) where state = 'WAITING';
create index delivery_endpoint on delivery.delivery (endpoint_id, event_id);
--rollback drop schema delivery cascade;
