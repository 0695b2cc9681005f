--liquibase formatted sql logicalFilePath:db/subscription/0008-scheduled.sql

--changeset headroom:subscription-0008
alter table subscription.subscription add column scheduled jsonb not null default '[]';
comment on column subscription.subscription.scheduled is
    'What was accepted and waits for the end of the period, in the order in which it is made: [{"change": …, "requested": {"plan": "starter"}, "prices": […]}].';
--rollback alter table subscription.subscription drop column scheduled;
