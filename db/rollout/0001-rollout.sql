--liquibase formatted sql logicalFilePath:db/rollout/0001-rollout.sql

--changeset headroom:rollout-0001
create schema rollout;
create table rollout.policy (
    id int primary key check (id = 1),
    editor_may_publish boolean not null,
    confirm_above int not null check (confirm_above >= 0),
    rise_notice_days int not null check (rise_notice_days between 0 and 365),
    notice_days int not null check (notice_days between 0 and 365),
    most_rise_percent int check (most_rise_percent between 0 and 10000)
);
comment on table rollout.policy is 'What the vendor holds publishing to: one row, or none where the usual holds.';
comment on column rollout.policy.confirm_above is 'With more accounts than this the key of the plan is to be typed.';
comment on column rollout.policy.rise_notice_days is 'The least that are between telling an account of a rise and charging it.';
comment on column rollout.policy.notice_days is 'The same of what is no rise.';
comment on column rollout.policy.most_rise_percent is 'Nobody is moved whose price would rise by more; null is no bound.';
create table rollout.rollout (
    id uuid primary key,
    draft_id uuid not null,
    revision int not null,
    plan_id uuid not null,
    plan_key text not null,
    version_id uuid not null,
    number int not null,
    previous_id uuid,
    impact_id uuid not null,
    choice jsonb not null,
    reason text not null,
    state text not null check (state in ('SCHEDULED', 'RUNNING', 'PAUSED', 'STOPPED', 'DONE', 'CANCELED', 'FAILED')),
    decided_by text not null,
    decided_at timestamptz not null,
    publish_at timestamptz not null,
    published_at timestamptz,
    withdrawn_at timestamptz,
    finished_at timestamptz,
    failure text
);
comment on table rollout.rollout is 'A version that was, or is to be, put on sale, and what becomes of those who have another one.';
comment on column rollout.rollout.version_id is 'The draft''s own id, before there is a version too.';
comment on column rollout.rollout.previous_id is 'The version that was on sale until then; null where there was none.';
comment on column rollout.rollout.publish_at is 'When it goes on sale, or went: at once where that is when it was decided.';
comment on column rollout.rollout.withdrawn_at is 'When it was taken off sale again before anybody subscribed to it.';
create unique index rollout_scheduled on rollout.rollout (plan_id) where state = 'SCHEDULED';
create unique index rollout_version on rollout.rollout (version_id) where state in ('RUNNING', 'PAUSED', 'STOPPED', 'DONE');
create index rollout_due on rollout.rollout (publish_at) where state = 'SCHEDULED';
create table rollout.move (
    rollout_id uuid not null references rollout.rollout,
    account_id uuid not null,
    subscription_id uuid not null,
    subscription_version bigint not null,
    version_id uuid not null,
    interval text not null,
    quantity bigint not null,
    currency text not null,
    recurring_before_minor bigint not null,
    recurring_after_minor bigint not null,
    mrr_before_minor bigint not null,
    mrr_after_minor bigint not null,
    state text not null check (state in ('WAITING', 'NOTIFIED', 'MOVING', 'SCHEDULED', 'MOVED', 'SKIPPED', 'FAILED')),
    reason text,
    detail text,
    due_at timestamptz not null,
    notified_at timestamptz,
    not_before timestamptz,
    token text,
    attempt int not null default 0,
    tries int not null default 0,
    leased_until timestamptz,
    change_id uuid,
    changed_at timestamptz not null,
    primary key (rollout_id, account_id, subscription_id)
);
comment on table rollout.move is 'Who is moved and what for, written before anything moves; one subscription a row.';
comment on column rollout.move.subscription_version is 'As it was when it was looked at.';
comment on column rollout.move.due_at is 'When somebody looks at it next; of what has ended, when it was last.';
comment on column rollout.move.not_before is 'Until when its notice runs; nothing of it is charged earlier.';
comment on column rollout.move.token is 'The quote that is being accepted: written before that, so that whoever takes up accepts the same one.';
comment on column rollout.move.attempt is 'Makes the key under which a quote is accepted; raised with each fresh quote.';
comment on column rollout.move.tries is 'How many of these were since it was begun, or tried again.';
comment on column rollout.move.leased_until is 'Until then somebody is at work on it.';
create index move_due on rollout.move (due_at) where state in ('WAITING', 'NOTIFIED', 'MOVING', 'SCHEDULED');
create index move_state on rollout.move (rollout_id, state, account_id, subscription_id);
create index move_account on rollout.move (account_id) where state in ('WAITING', 'NOTIFIED', 'MOVING', 'SCHEDULED');
--rollback drop schema rollout cascade;
