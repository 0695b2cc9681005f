--liquibase formatted sql logicalFilePath:db/preference/0001-preference.sql

--changeset headroom:preference-0001
create schema preference;
create table preference.saved_filter (
    user_id uuid not null,
    list text not null,
    name text not null,
    query text not null,
    primary key (user_id, list, name)
);
comment on table preference.saved_filter is 'What of a list somebody wants to see again, under a name of theirs.';
comment on column preference.saved_filter.query is 'As it stands in the address, without the question mark.';
create table preference.list_columns (
    user_id uuid not null,
    list text not null,
    placed text[] not null,
    hidden text[] not null,
    primary key (user_id, list)
);
comment on column preference.list_columns.placed is 'Keys in the order that was chosen; a column that came later comes last.';
--rollback drop table preference.list_columns; drop table preference.saved_filter; drop schema preference;
