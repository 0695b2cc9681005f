--liquibase formatted sql logicalFilePath:db/entitlement/0002-grants.sql

--changeset headroom:entitlement-0002-grants
create table entitlement.feature_grant (
    id uuid primary key,
    account_id uuid not null,
    feature_id uuid not null,
    kind text not null check (kind in ('TRIAL', 'PROMOTION', 'BETA', 'COURTESY')),
    included bigint check (included > 0),
    setting text,
    reason text not null,
    valid_from timestamptz not null,
    valid_until timestamptz check (valid_until > valid_from),
    given_by text not null,
    given_at timestamptz not null,
    revoked_at timestamptz,
    revoked_by text,
    revoked_because text,
    check (valid_until is not null or kind in ('BETA', 'COURTESY')),
    check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoked_because is null))
);
create index feature_grant_account on entitlement.feature_grant (account_id, id);
comment on table entitlement.feature_grant is 'A feature given to one account for a time, beside what it bought; never deleted, so that it is known who had what.';
comment on column entitlement.feature_grant.included is 'Units a reset period; null is unlimited, and meaningless for gates and settings.';
comment on column entitlement.feature_grant.valid_until is 'Exclusive; null for good.';
comment on column entitlement.feature_grant.given_by is 'The actor''s name.';
--rollback drop table entitlement.feature_grant;

--changeset headroom:entitlement-0002-roll-outs
create table entitlement.roll_out (
    feature_id uuid primary key,
    percent int not null check (percent between 0 and 100),
    set_by text not null,
    set_at timestamptz not null
);
comment on table entitlement.roll_out is 'How many of a hundred accounts have a gate that their plan may lack; which ones follows from the ids alone.';
--rollback drop table entitlement.roll_out;

--changeset headroom:entitlement-0002-unlocks
create table entitlement.unlock_rule (
    feature_id uuid primary key,
    meter_id uuid not null,
    units bigint not null check (units > 0),
    set_by text not null,
    set_at timestamptz not null
);
comment on table entitlement.unlock_rule is 'A gate opens for an account once so many units of a meter were used in one window.';
create table entitlement.unlocked (
    account_id uuid not null,
    feature_id uuid not null,
    meter_id uuid not null,
    units bigint not null,
    at timestamptz not null,
    primary key (account_id, feature_id)
);
comment on table entitlement.unlocked is 'Which gates have opened for which accounts; they stay open when the rule is changed or removed.';
comment on column entitlement.unlocked.units is 'What the rule asked for then.';
--rollback drop table entitlement.unlocked, entitlement.unlock_rule;
