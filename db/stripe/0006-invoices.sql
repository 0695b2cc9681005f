--liquibase formatted sql logicalFilePath:db/stripe/0006-invoices.sql

--changeset headroom:stripe-0006
alter table stripe.inbox add column invoice_id text;
comment on column stripe.inbox.object_id is 'What the event tells of: a subscription, a customer, a payment, or an invoice that belongs to no subscription.';
comment on column stripe.inbox.invoice_id is 'The invoice that it tells of, beside the subscription that the invoice belongs to.';
--rollback alter table stripe.inbox drop column invoice_id;
