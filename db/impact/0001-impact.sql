--liquibase formatted sql logicalFilePath:db/impact/0001-impact.sql

--changeset headroom:impact-0001
create schema impact;
create table impact.run (
    id uuid primary key,
    plan_id uuid not null,
    version jsonb not null,
    fingerprint text not null,
    compared_with uuid,
    asked_by text not null,
    began_at timestamptz not null,
    state text not null check (state in ('RUNNING', 'DONE', 'FAILED', 'SUPERSEDED', 'CANCELED')),
    total int not null,
    done int not null default 0,
    after_account_id uuid,
    after_subscription_id uuid,
    attempts int not null default 0,
    failure text,
    finished_at timestamptz,
    summary jsonb,
    lines_kept boolean not null default true,
    check ((state = 'RUNNING') = (finished_at is null)),
    check ((state = 'DONE') = (summary is not null))
);
comment on table impact.run is 'What a version that is not sold would do to everybody who has another one of its plan or add-on, and how far that has been looked at.';
comment on column impact.run.version is 'All of it, so that it is the same to the end whatever becomes of the draft.';
comment on column impact.run.compared_with is 'The version on sale when it began; null where there was none.';
comment on column impact.run.began_at is 'Also the second for which discounts and windows are looked at, of every line.';
comment on column impact.run.total is 'How many subscriptions there were when it began; once it is done, how many lines there are.';
comment on column impact.run.after_account_id is 'Where the next page begins, with after_subscription_id: written with the lines of the page before.';
comment on column impact.run.attempts is 'How often a page has failed since one succeeded.';
comment on column impact.run.summary is 'The sums of its lines, kept when these are gone.';
create unique index run_under_way on impact.run (plan_id) where state = 'RUNNING';
create index run_finished on impact.run (finished_at) where lines_kept;
create table impact.line (
    run_id uuid not null,
    account_id uuid not null,
    subscription_id uuid not null,
    subscription_version bigint not null,
    version_id uuid not null,
    standing text not null,
    interval text not null,
    quantity bigint not null,
    currency text not null,
    recurring_before_minor bigint not null,
    recurring_after_minor bigint not null,
    mrr_before_minor bigint not null,
    mrr_after_minor bigint not null,
    difference_minor bigint not null,
    band text not null,
    hindrance text,
    hindered_until timestamptz,
    over_limit boolean not null,
    over_limit_expected boolean not null,
    loses_feature boolean not null,
    primary key (run_id, account_id, subscription_id)
);
comment on table impact.line is 'One subscription in a run; deleted some days after it ended.';
comment on column impact.line.subscription_version is 'Whatever changes what a quote would say raises it: with another one the line is out of date.';
comment on column impact.line.version_id is 'That it has of the plan or add-on.';
comment on column impact.line.hindrance is 'Why it cannot move; then it stays as it is, and before and after are the same.';
comment on column impact.line.difference_minor is 'MRR after without MRR before.';
create index line_rises on impact.line (run_id, currency, (-difference_minor), account_id, subscription_id) where difference_minor > 0;
create index line_falls on impact.line (run_id, currency, difference_minor, account_id, subscription_id) where difference_minor < 0;
create index line_limits on impact.line (run_id, account_id, subscription_id) where over_limit or over_limit_expected;
create index line_losses on impact.line (run_id, account_id, subscription_id) where loses_feature;
create index line_hindered on impact.line (run_id, account_id, subscription_id) where hindrance is not null;
create table impact.limit_passed (
    run_id uuid not null,
    account_id uuid not null,
    subscription_id uuid not null,
    feature_id uuid not null,
    policy text not null,
    included_before bigint,
    included_after bigint not null,
    used bigint not null,
    expected bigint not null,
    closes boolean not null,
    primary key (run_id, account_id, subscription_id, feature_id)
);
comment on table impact.limit_passed is 'A feature of which a line uses, or will use, more than would be included; or that it would have no more.';
comment on column impact.limit_passed.included_before is 'Null is unlimited; of what is not counted, 0.';
comment on column impact.limit_passed.closes is 'Whether it is a gate or setting that it would have no more.';
--rollback drop schema impact cascade;
