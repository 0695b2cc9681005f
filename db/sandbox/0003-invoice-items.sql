--liquibase formatted sql logicalFilePath:db/sandbox/0003-invoice-items.sql

-- Prorations that wait for their invoice were lines that the subscription kept to itself; they are invoice items of their own now.
--changeset headroom:sandbox-0003
with waiting as (
    select holder.customer, line.value as line, line.ordinality, null::text as invoice
    from sandbox.document holder
    cross join jsonb_array_elements(holder.body #> '{sandbox,pending_lines}') with ordinality as line
    where holder.kind = 'subscription'
    union all
    -- An update that waits for its payment has taken these along, and gives them back if it is discarded.
    select holder.customer, line.value, line.ordinality, holder.body #>> '{sandbox,pending,invoice}'
    from sandbox.document holder
    cross join jsonb_array_elements(holder.body #> '{sandbox,pending,waiting}') with ordinality as line
    where holder.kind = 'subscription'
)
insert into sandbox.document (kind, id, customer, created, terms, body)
select 'invoiceitem', line #>> '{parent,invoice_item_details,invoice_item}', customer, to_timestamp((line #>> '{period,start}')::bigint),
    case when invoice is null then array['pending=true'] else array['pending=false', 'invoice=' || invoice] end,
    jsonb_build_object(
        'object', 'invoiceitem', 'id', line #> '{parent,invoice_item_details,invoice_item}', 'invoice', invoice, 'customer', customer,
        'date', line #> '{period,start}', 'amount', line -> 'amount', 'net_amount', line -> 'amount', 'currency', line -> 'currency',
        'description', line -> 'description', 'discountable', false, 'discounts', '[]'::jsonb, 'metadata', line -> 'metadata',
        'period', line -> 'period', 'pricing', line -> 'pricing', 'quantity', line -> 'quantity', 'quantity_decimal', line -> 'quantity_decimal',
        'proration', true, 'proration_details', jsonb_build_object('credited_items', null, 'discount_amounts', '[]'::jsonb),
        'parent', jsonb_build_object('type', 'subscription_details', 'subscription_details',
            jsonb_build_object('subscription', line #> '{parent,invoice_item_details,subscription}')),
        'customer_account', null, 'livemode', false, 'tax_rates', '[]'::jsonb, 'test_clock', null,
        'sandbox', jsonb_build_object('line', line -> 'id', 'credits', null, 'waited', invoice is not null))
from waiting
order by customer, ordinality;
update sandbox.document set body = body #- '{sandbox,pending_lines}' #- '{sandbox,pending,waiting}' where kind = 'subscription';
--rollback delete from sandbox.document where kind = 'invoiceitem';
