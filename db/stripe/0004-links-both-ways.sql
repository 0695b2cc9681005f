--liquibase formatted sql logicalFilePath:db/stripe/0004-links-both-ways.sql

--changeset headroom:stripe-0004
create unique index link_stripe on stripe.link (kind, stripe_id);
--rollback drop index stripe.link_stripe;
