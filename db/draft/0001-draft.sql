--liquibase formatted sql logicalFilePath:db/draft/0001-draft.sql

--changeset headroom:draft-0001
create schema draft;
create table draft.draft (
    id uuid primary key,
    product_id uuid not null,
    plan_id uuid not null,
    plan_key text not null,
    kind text not null check (kind in ('TIER', 'ADD_ON')),
    base_id uuid,
    state text not null check (state in ('OPEN', 'DISCARDED', 'PUBLISHED')),
    revision int not null,
    sheet jsonb not null,
    opened_by text not null,
    opened_at timestamptz not null,
    changed_by text not null,
    changed_at timestamptz not null,
    closed_by text,
    closed_at timestamptz,
    version_id uuid,
    check ((state = 'OPEN') = (closed_at is null)),
    check ((state = 'PUBLISHED') = (version_id is not null))
);
comment on column draft.draft.plan_id is 'Of a new plan the id that it will have.';
comment on column draft.draft.base_id is 'The plan version that it was begun on; null of something new.';
comment on column draft.draft.revision is 'Raised by every edit, undone and redone ones among them.';
create unique index draft_open on draft.draft (plan_key) where state = 'OPEN';
create index draft_of_plan on draft.draft (plan_id);
create table draft.step (
    draft_id uuid not null references draft.draft,
    revision int not null,
    act text not null check (act in ('EDIT', 'UNDO', 'REDO')),
    of_revision int,
    undone boolean not null default false,
    moved int not null,
    actor text not null,
    at timestamptz not null,
    primary key (draft_id, revision),
    check ((act = 'EDIT') = (of_revision is null))
);
comment on column draft.step.of_revision is 'The edit that was undone or redone.';
comment on column draft.step.undone is 'Of an edit: whether it is taken back.';
comment on column draft.step.moved is 'Of an edit: the revision with which it came into force last, or was taken back.';
create table draft.change (
    draft_id uuid not null,
    revision int not null,
    part text not null,
    before jsonb,
    after jsonb,
    primary key (draft_id, revision, part),
    foreign key (draft_id, revision) references draft.step
);
comment on table draft.change is 'What a step made of one part; null is a part that was not, or is not any more, there.';
create index change_of_part on draft.change (draft_id, part, revision);
--rollback drop schema draft cascade;
