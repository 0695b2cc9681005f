--liquibase formatted sql logicalFilePath:db/subscription/0007-order.sql

--changeset headroom:subscription-0007
alter table subscription.item add column position int not null default 0, add column carries_plan boolean not null default false;
alter table subscription.debit add column position int not null default 0;
alter table subscription.discount add column position int not null default 0;
update subscription.item set position = placed.position, carries_plan = placed.position = 0
    from (select account_id, id, row_number() over (partition by account_id, subscription_id order by id) - 1 as position from subscription.item) placed
    where item.account_id = placed.account_id and item.id = placed.id;
update subscription.debit set position = placed.position
    from (select account_id, item_id, stripe_line_id,
                 row_number() over (partition by account_id, item_id order by period_from, stripe_line_id) - 1 as position from subscription.debit) placed
    where debit.account_id = placed.account_id and debit.item_id = placed.item_id and debit.stripe_line_id = placed.stripe_line_id;
update subscription.discount set position = placed.position
    from (select account_id, subscription_id, stripe_id,
                 row_number() over (partition by account_id, subscription_id order by since, stripe_id) - 1 as position from subscription.discount) placed
    where discount.account_id = placed.account_id and discount.subscription_id = placed.subscription_id and discount.stripe_id = placed.stripe_id;
alter table subscription.item alter column position drop default, alter column carries_plan drop default;
alter table subscription.debit alter column position drop default;
alter table subscription.discount alter column position drop default;
comment on column subscription.item.position is 'From 0, in Stripe''s order: of equal parts of a discount the last item takes the rest.';
comment on column subscription.item.carries_plan is 'Whether it is the plan of the subscription; the others are add-ons.';
comment on column subscription.debit.position is 'From 0, in the order of the invoice''s lines.';
comment on column subscription.discount.position is 'From 0, in the order in which they are taken off.';
--rollback alter table subscription.item drop column position, drop column carries_plan;
--rollback alter table subscription.debit drop column position;
--rollback alter table subscription.discount drop column position;
