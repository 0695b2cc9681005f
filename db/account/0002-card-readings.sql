--liquibase formatted sql logicalFilePath:db/account/0002-card-readings.sql

--changeset headroom:account-0002
create table account.wallet (
    account_id uuid primary key references account.account,
    revision bigint not null
);
comment on table account.wallet is 'How often the cards of an account were written, so that a reading from before that is not.';
alter table account.payment_method add column removing boolean not null default false;
comment on column account.payment_method.removing is 'Not the account''s any more, though Stripe may not have been told yet.';
--rollback delete from account.payment_method where removing;
--rollback alter table account.payment_method drop column removing;
--rollback drop table account.wallet;
