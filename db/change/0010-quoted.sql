--liquibase formatted sql logicalFilePath:db/change/0010-quoted.sql

--changeset headroom:change-0010
create table change.quoted (
    account_id uuid not null,
    change_id uuid not null,
    shown jsonb not null,
    primary key (account_id, change_id),
    foreign key (account_id, change_id) references change.plan_change (account_id, id)
);
comment on table change.quoted is 'The quote of a change as it was shown to whoever accepted it, written with the change and never again; none of changes from before quotes were kept.';
create index plan_change_quote on change.plan_change (account_id, quote_id);
--rollback drop index change.plan_change_quote;
--rollback drop table change.quoted;
