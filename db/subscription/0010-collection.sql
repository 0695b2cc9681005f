--liquibase formatted sql logicalFilePath:db/subscription/0010-collection.sql

--changeset headroom:subscription-0010
alter table subscription.subscription add column days_until_due int;
alter table subscription.subscription add column paused boolean not null default false;
alter table subscription.subscription add column resumes_at timestamptz;
alter table subscription.subscription add column disputed boolean not null default false;
alter table subscription.subscription add column committed_until timestamptz;
alter table subscription.subscription drop constraint subscription_state_check;
alter table subscription.subscription add constraint subscription_state_check
    check (state in ('INCOMPLETE', 'TRIALING', 'ACTIVE', 'PAST_DUE', 'UNPAID', 'CANCELED'));
comment on column subscription.subscription.days_until_due is 'Of its invoices, which are sent; null where a card is charged.';
comment on column subscription.subscription.committed_until is 'Before which nothing may become less; ours, not Stripe''s.';
--rollback update subscription.subscription set state = 'PAST_DUE' where state = 'UNPAID';
--rollback alter table subscription.subscription drop constraint subscription_state_check;
--rollback alter table subscription.subscription add constraint subscription_state_check check (state in ('INCOMPLETE', 'TRIALING', 'ACTIVE', 'PAST_DUE', 'CANCELED'));
--rollback alter table subscription.subscription drop column committed_until;
--rollback alter table subscription.subscription drop column disputed;
--rollback alter table subscription.subscription drop column resumes_at;
--rollback alter table subscription.subscription drop column paused;
--rollback alter table subscription.subscription drop column days_until_due;
