--liquibase formatted sql logicalFilePath:db/stripe/0008-what-events-tell.sql

--changeset headroom:stripe-0008
alter table stripe.inbox
    add column request_key text,
    add column changed text[];
comment on column stripe.inbox.request_key is 'The idempotency key of the request that brought it about; null where Stripe acted by itself, or somebody else asked.';
comment on column stripe.inbox.changed is 'Which fields of its object it says have changed; null where it does not say.';
--rollback alter table stripe.inbox drop column request_key, drop column changed;
