--liquibase formatted sql logicalFilePath:db/subscription/0002-open-invoice.sql

--changeset headroom:subscription-0002
alter table subscription.subscription add column open_invoice_url text;
comment on column subscription.subscription.open_invoice_url is 'Where the latest invoice can be paid, while it is open.';
--rollback alter table subscription.subscription drop column open_invoice_url;
