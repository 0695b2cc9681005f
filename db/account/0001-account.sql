--liquibase formatted sql logicalFilePath:db/account/0001-account.sql

--changeset headroom:account-0001
create schema account;
create table account.account (
    id uuid primary key,
    key text not null unique,
    name text not null,
    email text not null,
    currency text not null,
    country text not null default '',
    zone text not null,
    stripe_customer_id text unique,
    created_at timestamptz not null
);
create index account_name on account.account (lower(name), id);
create table account.member (
    account_id uuid not null references account.account,
    id uuid not null,
    key text not null,
    email text not null,
    name text not null,
    state text not null check (state in ('INVITED', 'ACTIVE')),
    created_at timestamptz not null,
    last_active_at timestamptz,
    primary key (account_id, id),
    unique (account_id, key)
);
create table account.payment_method (
    account_id uuid not null references account.account,
    id uuid not null,
    stripe_id text not null,
    brand text not null,
    last4 text not null,
    expires_month int not null,
    expires_year int not null,
    preferred boolean not null,
    created_at timestamptz not null,
    primary key (account_id, id),
    unique (account_id, stripe_id)
);
create unique index payment_method_preferred on account.payment_method (account_id) where preferred;
--rollback drop schema account cascade;
