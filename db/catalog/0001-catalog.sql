--liquibase formatted sql logicalFilePath:db/catalog/0001-catalog.sql

--changeset headroom:catalog-0001
create schema catalog;
create table catalog.product (
    id uuid primary key,
    key text not null unique,
    name text not null,
    description text not null default ''
);
create table catalog.feature (
    id uuid primary key,
    product_id uuid not null references catalog.product,
    key text not null unique,
    name text not null,
    kind text not null check (kind in ('GATE', 'ALLOWANCE', 'METER', 'SETTING')),
    unit text not null default '',
    reset text not null check (reset in ('NEVER', 'BILLING_PERIOD', 'CALENDAR_MONTH', 'DAY')),
    seats boolean not null default false,
    rank int not null
);
comment on column catalog.feature.seats is 'The allowance that members hold; at most one a product.';
create unique index feature_seats on catalog.feature (product_id) where seats;
create table catalog.plan (
    id uuid primary key,
    product_id uuid not null references catalog.product,
    key text not null unique,
    name text not null,
    description text not null default '',
    rank int not null
);
create table catalog.plan_version (
    id uuid primary key,
    plan_id uuid not null references catalog.plan,
    number int not null,
    state text not null check (state in ('DRAFT', 'PUBLISHED', 'RETIRED')),
    created_at timestamptz not null,
    published_at timestamptz,
    retired_at timestamptz,
    unique (plan_id, number)
);
create unique index plan_version_on_sale on catalog.plan_version (plan_id) where state = 'PUBLISHED';
create table catalog.price (
    id uuid primary key,
    plan_version_id uuid not null references catalog.plan_version,
    interval text not null check (interval in ('MONTH', 'YEAR')),
    currency text not null,
    model jsonb not null,
    unique (plan_version_id, interval, currency)
);
create table catalog.entitlement (
    plan_version_id uuid not null references catalog.plan_version,
    feature_id uuid not null references catalog.feature,
    included bigint,
    policy text not null check (policy in ('SOFT', 'HARD', 'OVERAGE')),
    soft_limit bigint,
    grace_days int,
    grace_percent int,
    setting text,
    overage jsonb not null,
    primary key (plan_version_id, feature_id)
);
comment on column catalog.entitlement.included is 'Null is unlimited.';
comment on column catalog.entitlement.overage is 'Minor units per unit beyond the included amount, by currency: {"USD": "5"}.';
--rollback drop schema catalog cascade;
