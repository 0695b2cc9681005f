--liquibase formatted sql logicalFilePath:db/policy/0001-policy.sql

--changeset headroom:policy-0001
create schema policy;
create table policy.transition_rule (
    id uuid primary key,
    product_id uuid not null,
    kind text not null check (kind in ('UPGRADE', 'DOWNGRADE', 'SEATS_UP', 'SEATS_DOWN', 'INTERVAL_LONGER', 'INTERVAL_SHORTER', 'ADD_ON_IN', 'ADD_ON_OUT', 'END')),
    from_plan_id uuid,
    to_plan_id uuid,
    transition text not null check (transition in ('NOW_PRORATED', 'NOW_UNPRORATED', 'PERIOD_END', 'BY_APPROVAL', 'REFUSED')),
    unique nulls not distinct (product_id, kind, from_plan_id, to_plan_id)
);
comment on table policy.transition_rule is 'How customers of a product may move; where no rule speaks of a change, what is usual holds.';
comment on column policy.transition_rule.from_plan_id is 'Null is whatever plan they have.';
comment on column policy.transition_rule.to_plan_id is 'Null is whatever plan they have afterwards.';
create table policy.credit_guard (
    product_id uuid primary key,
    days int not null check (days between 0 and 366),
    measure text not null check (measure in ('WAITS', 'NO_CREDIT'))
);
comment on table policy.credit_guard is 'Where a product has none, the guard that is usual holds.';
comment on column policy.credit_guard.days is 'After an expansion, in which a contraction brings no credit; 0 is none.';
--rollback drop schema policy cascade;
