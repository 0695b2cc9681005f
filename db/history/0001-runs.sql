--liquibase formatted sql logicalFilePath:db/history/0001-runs.sql

--changeset headroom:history-0001
create schema history;
create table history.run (
    id uuid primary key,
    name text not null,
    state text not null check (state in ('OPEN', 'READING', 'LOOKING', 'LOOKED_AT', 'BRINGING', 'BROUGHT')),
    asked_by text not null,
    began_at timestamptz not null,
    brought_by text,
    finished_at timestamptz,
    parts int not null default 0,
    lines int not null default 0,
    wrong int not null default 0,
    accounts int not null default 0,
    fresh int not null default 0,
    known int not null default 0,
    refused int not null default 0,
    movements int not null default 0,
    position text collate "C" not null default '',
    lease_until timestamptz not null
);
comment on table history.run is 'A file that tells what accounts paid before anything was recorded of them: gathered, read, looked at, and brought.';
comment on column history.run.wrong is 'Lines with a mistake of their own.';
comment on column history.run.fresh is 'Accounts that are not there yet, or were made.';
comment on column history.run.known is 'Accounts of which all was brought before.';
comment on column history.run.refused is 'Accounts of which nothing is brought.';
comment on column history.run.position is 'Key of the last account that was worked on.';
create index run_unfinished on history.run (lease_until) where state in ('READING', 'LOOKING', 'BRINGING');
create table history.part (
    run_id uuid not null references history.run,
    number int not null check (number > 0),
    text text not null,
    primary key (run_id, number)
);
comment on table history.part is 'Pieces of a file, until it is read.';
create table history.line (
    run_id uuid not null references history.run,
    number int not null,
    account text collate "C" not null,
    wrong boolean not null,
    name text,
    email text,
    country text,
    currency text,
    starts date,
    plan text,
    subscription text,
    seats bigint,
    year numeric(38),
    kind text,
    primary key (run_id, number)
);
comment on table history.line is 'What a line says; of one with a mistake only whose it is.';
comment on column history.line.year is 'Twelve months of it in minor units.';
create index line_account on history.line (run_id, account);
create table history.mistake (
    id bigint generated always as identity primary key,
    run_id uuid not null references history.run,
    line int not null,
    field text,
    account text,
    problem text not null,
    value text,
    expected text,
    of_account boolean not null
);
comment on table history.mistake is 'Why something of a file is not brought, with its place and what would be right.';
comment on column history.mistake.of_account is 'Whether it was found when its account was looked at, and not when its line was read.';
create index mistake_run on history.mistake (run_id, line, id);
create table history.effect (
    run_id uuid not null references history.run,
    currency text not null,
    month date not null,
    since date not null,
    cohort date not null,
    kind text not null,
    amount_minor bigint not null,
    movements bigint not null,
    primary key (run_id, currency, month, since, cohort, kind)
);
comment on table history.effect is 'What the movements of a file come to: those that would be booked, and since it is brought those that were.';
--rollback drop schema history cascade;
