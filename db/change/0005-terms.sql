--liquibase formatted sql logicalFilePath:db/change/0005-terms.sql

--changeset headroom:change-0005
--comment A change moves everything that is on a subscription, not one price: {"items": [{"item": …, "price": …, "quantity": 5}]}.
alter table change.plan_change add column from_terms jsonb, add column to_terms jsonb;
update change.plan_change set
    from_terms = jsonb_build_object('items', jsonb_build_array(jsonb_build_object('price', from_price_id, 'quantity', from_quantity))),
    to_terms = jsonb_build_object('items', jsonb_build_array(jsonb_build_object('price', to_price_id, 'quantity', to_quantity)));
alter table change.plan_change alter column from_terms set not null, alter column to_terms set not null;
alter table change.plan_change drop column from_price_id, drop column from_quantity, drop column to_price_id, drop column to_quantity;
comment on column change.plan_change.to_terms is 'All items; the item''s id is absent for one that comes new, and for the plan of a change from before there were add-ons.';
--rollback alter table change.plan_change add column from_price_id uuid, add column from_quantity bigint, add column to_price_id uuid, add column to_quantity bigint;
--rollback update change.plan_change set from_price_id = (from_terms #>> '{items,0,price}')::uuid, from_quantity = (from_terms #>> '{items,0,quantity}')::bigint, to_price_id = (to_terms #>> '{items,0,price}')::uuid, to_quantity = (to_terms #>> '{items,0,quantity}')::bigint;
--rollback alter table change.plan_change alter column from_price_id set not null, alter column from_quantity set not null, alter column to_price_id set not null, alter column to_quantity set not null;
--rollback alter table change.plan_change drop column from_terms, drop column to_terms;
