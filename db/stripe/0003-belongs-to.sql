--liquibase formatted sql logicalFilePath:db/stripe/0003-belongs-to.sql

--changeset headroom:stripe-0003
create table stripe.belongs_to (
    one boolean primary key default true check (one),
    account_id text not null,
    live boolean not null,
    since timestamptz not null
);
comment on table stripe.belongs_to is 'The account at Stripe that every id of Stripe''s in this database is of; written by the first start.';
--rollback drop table stripe.belongs_to;
