--liquibase formatted sql logicalFilePath:db/subscription/0014-discounted-plans.sql

--changeset headroom:subscription-0014
alter table subscription.discount add plans text[];
comment on column subscription.discount.plans is 'Ids of the plans and add-ons that it reduces; null is all. None of ours is empty: it reduces what others sell at Stripe.';
--rollback alter table subscription.discount drop plans;
