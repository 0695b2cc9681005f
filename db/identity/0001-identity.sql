--liquibase formatted sql logicalFilePath:db/identity/0001-identity.sql

--changeset headroom:identity-0001
create schema identity;
create table identity.api_key (
    id uuid primary key,
    name text not null,
    hint text not null,
    hash bytea not null unique,
    permissions text[] not null,
    origins text[] not null default '{}',
    created_at timestamptz not null,
    created_by text not null,
    revoked_at timestamptz
);
comment on column identity.api_key.hash is 'SHA-256 of the key: it has 256 random bits, so that no salt and no slow hash is needed.';
comment on column identity.api_key.hint is 'The first characters, by which people tell keys apart.';
comment on column identity.api_key.origins is 'Browser origins from which account tokens minted with this key are accepted.';
create table identity.console_user (
    id uuid primary key,
    email text not null,
    name text not null,
    role text not null check (role in ('VIEWER', 'PRICING_ADMIN', 'APPROVER', 'OWNER')),
    password_hash text not null,
    created_at timestamptz not null,
    disabled_at timestamptz
);
create unique index console_user_email on identity.console_user (lower(email));
create table identity.signing_key (
    id uuid primary key,
    purpose text not null check (purpose in ('ACCOUNT_TOKEN', 'QUOTE')),
    secret bytea not null,
    created_at timestamptz not null,
    retired_at timestamptz
);
comment on column identity.signing_key.secret is 'Encrypted with the configured key; the identifier is the additional authenticated data.';
--rollback drop schema identity cascade;
