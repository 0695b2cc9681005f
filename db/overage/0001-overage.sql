--liquibase formatted sql logicalFilePath:db/overage/0001-overage.sql

--changeset headroom:overage-0001
create schema overage;
create table overage.metered_price (
    id uuid primary key,
    feature_id uuid not null,
    unit_minor numeric not null,
    currency text not null,
    billed_every text not null check (billed_every in ('MONTH', 'YEAR')),
    stripe_meter text,
    stripe_price text,
    unique (feature_id, unit_minor, currency, billed_every)
);
comment on table overage.metered_price is 'What one unit of a feature costs past a limit, with the meter and the price at Stripe that stand for it; the meter is the price''s own.';
create table overage.usage_window (
    account_id uuid not null,
    feature_id uuid not null,
    window_from timestamptz not null,
    window_until timestamptz not null,
    seen bigint not null,
    included bigint,
    price_id uuid,
    top bigint not null,
    charged bigint not null check (charged >= 0),
    revision bigint not null,
    primary key (account_id, feature_id, window_from)
);
comment on column overage.usage_window.seen is 'Used at the last look.';
comment on column overage.usage_window.revision is 'Of the counter that was looked at; one that was read before it tells nothing new.';
comment on column overage.usage_window.included is 'The limit at the last look; null where nothing was to be paid beyond one.';
comment on column overage.usage_window.top is 'Up to how much used units are charged for; falls with what is taken back.';
comment on column overage.usage_window.charged is 'Units that are charged for, at whatever price: the sum of its tallies.';
create table overage.tally (
    account_id uuid not null,
    feature_id uuid not null,
    window_from timestamptz not null,
    price_id uuid not null references overage.metered_price,
    counted bigint not null check (counted >= 0),
    reported bigint not null,
    counted_at timestamptz not null,
    primary key (account_id, feature_id, window_from, price_id)
);
comment on table overage.tally is 'Units of a window that are charged for at a price, and how many of them are in reports; what is between is to be reported.';
create index tally_open on overage.tally (account_id) where counted <> reported;
create table overage.report (
    account_id uuid not null,
    id uuid not null,
    feature_id uuid not null,
    window_from timestamptz not null,
    price_id uuid not null references overage.metered_price,
    units bigint not null check (units <> 0),
    kind text not null check (kind in ('EVENT', 'CREDIT')),
    state text not null check (state in ('OPEN', 'SENT', 'CANCELING', 'CANCELED', 'GIVEN_UP')),
    made_at timestamptz not null,
    attempts int not null default 0,
    first_at timestamptz,
    at timestamptz,
    settled_at timestamptz,
    primary key (account_id, id)
);
comment on column overage.report.first_at is 'When Stripe was asked first.';
comment on column overage.report.at is 'Of the last attempt, which is also the time that it says the units were used at.';
create index report_open on overage.report (account_id) where state in ('OPEN', 'CANCELING');
create index report_billed on overage.report (account_id, price_id, at);
create table overage.account (
    account_id uuid primary key,
    due_at timestamptz,
    lease_until timestamptz not null,
    failures int not null default 0,
    requests bigint not null default 1
);
comment on table overage.account is 'Whose items or reports somebody has to look after at Stripe, from when, and who does.';
comment on column overage.account.requests is 'How often it was due: whoever looks after it tells by that whether it is again.';
create index account_due on overage.account (due_at) where due_at is not null;
--rollback drop schema overage cascade;
