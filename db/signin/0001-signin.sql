--liquibase formatted sql logicalFilePath:db/signin/0001-signin.sql

--changeset headroom:signin-0001
create schema signin;
create table signin.link (
    id uuid primary key,
    purpose text not null check (purpose in ('INVITATION', 'PASSWORD_RESET')),
    hash bytea not null unique,
    user_id uuid,
    email text,
    roles text[] not null,
    created_at timestamptz not null,
    created_by text not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    revoked_at timestamptz,
    check (user_id is not null or (purpose = 'INVITATION' and (email is not null or revoked_at is not null)))
);
create index link_open on signin.link (expires_at) where used_at is null and revoked_at is null;
comment on column signin.link.hash is 'SHA-256 of the token: it has 256 random bits, so that no salt and no slow hash is needed.';
comment on column signin.link.user_id is 'Whose password it resets, or whom the invitation has become.';
comment on column signin.link.email is 'Who is invited, as long as the invitation is open; afterwards the user is known, or nobody came.';
create table signin.streak (
    kind text not null check (kind in ('PERSON', 'ADDRESS')),
    subject bytea not null,
    failures int not null,
    last_at timestamptz not null,
    waits_until timestamptz,
    primary key (kind, subject)
);
create index streak_age on signin.streak (last_at);
comment on table signin.streak is 'Tries to sign in since the last one that was right; each is counted before its password is looked at.';
comment on column signin.streak.subject is 'SHA-256 of the e-mail in small letters, known or not, or of the address: people type other things than e-mails, too.';
create table signin.session (
    id uuid primary key,
    user_id uuid not null,
    browser text not null,
    started_at timestamptz not null,
    last_seen_at timestamptz not null,
    ended_at timestamptz
);
create index session_of on signin.session (user_id, last_seen_at desc);
create index session_age on signin.session (last_seen_at);
--rollback drop schema signin cascade;
