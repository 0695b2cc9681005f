--liquibase formatted sql logicalFilePath:db/subscription/0016-whole-movements.sql

--changeset headroom:subscription-0016
alter table subscription.movement add product_id uuid;
alter table subscription.movement add effective_at timestamptz;
alter table subscription.movement add paused boolean;
alter table subscription.movement add dearer boolean;
alter table subscription.movement add year_before numeric(38, 12);
alter table subscription.movement add year_after numeric(38, 12);
comment on column subscription.movement.product_id is 'Null, as all columns after it, for what was recorded before it was noted.';
comment on column subscription.movement.effective_at is 'When Stripe made it so, as far as that can be read there; never after it was recorded.';
comment on column subscription.movement.paused is 'Whether Stripe asks nobody to pay from then on.';
comment on column subscription.movement.dearer is 'Whether the same costs more before discounts; false where more is paid because a discount left.';
comment on column subscription.movement.year_before is 'Twelve months of recurring revenue in minor units, exact: yearly prices are no whole number of minor units a month.';
--rollback alter table subscription.movement drop product_id, drop effective_at, drop paused, drop dearer, drop year_before, drop year_after;
