--liquibase formatted sql logicalFilePath:db/usage/0005-intake.sql

--changeset headroom:usage-0005-intake
create table usage.intake (
    account_id uuid not null,
    day date not null,
    kind text not null check (kind in ('RECORDED', 'LATE', 'MOVED', 'DUPLICATE', 'REJECTED')),
    field text not null default '',
    events bigint not null check (events > 0),
    primary key (account_id, day, kind, field)
);
create index intake_day on usage.intake (day);
comment on table usage.intake is 'What became of the events that were sent, by the day in UTC on which they came. Everybody''s together stand under the account 00000000-0000-0000-0000-000000000000, with those of accounts that nobody knows.';
comment on column usage.intake.kind is 'LATE are those of the recorded ones that were over a day old, MOVED those of the late ones that counted in a later period than their time says, because theirs was closed.';
comment on column usage.intake.field is 'Of what was rejected, what was wrong with it.';
--rollback drop table usage.intake;

--changeset headroom:usage-0005-events
create index event_at on usage.event using brin (at timestamptz_minmax_multi_ops);
comment on index usage.event_at is 'For looking through a few hours of everybody''s events; costs a writer next to nothing.';
--rollback drop index usage.event_at;

--changeset headroom:usage-0005-near
create index counter_told on usage.counter (period_until) where told > 0 and grain = 'PERIOD' and grp = '';
comment on index usage.counter_told is 'The few that have passed a threshold, for the list of who is near a limit. Of nothing that every event changes, so that counters stay cheap to raise.';
--rollback drop index usage.counter_told;
