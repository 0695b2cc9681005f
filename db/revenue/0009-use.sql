--liquibase formatted sql logicalFilePath:db/revenue/0009-use.sql

--changeset headroom:revenue-0024
alter table revenue.settings add use boolean not null default true;
alter table revenue.counted add use_minor bigint not null default 0 check (use_minor >= 0);
alter table revenue.movement add use_minor bigint not null default 0;
alter table revenue.balance add use_minor bigint not null default 0 check (use_minor >= 0);
alter table revenue.account_month add use_minor bigint not null default 0 check (use_minor >= 0);
alter table revenue.delta add use_minor bigint not null default 0;
alter table revenue.total add use_minor bigint not null default 0;
comment on column revenue.settings.use is 'Whether retention counts what use past limits brings.';
comment on column revenue.counted.use_minor is 'What of the subscription''s MRR its movements have told to be use past limits.';
comment on column revenue.movement.use_minor is 'What of the amount is use past limits.';
comment on column revenue.balance.use_minor is 'What of the MRR is use past limits: what the movements add up to.';
comment on column revenue.account_month.use_minor is 'What of the MRR is use past limits.';
delete from revenue.retained;
alter table revenue.retained add use boolean not null;
alter table revenue.retained drop constraint retained_pkey;
alter table revenue.retained add primary key (month, months, currency, use);
comment on column revenue.retained.use is 'Whether it counts what use past limits brings.';
--rollback delete from revenue.retained;
--rollback alter table revenue.retained drop constraint retained_pkey;
--rollback alter table revenue.retained drop use;
--rollback alter table revenue.retained add primary key (month, months, currency);
--rollback alter table revenue.total drop use_minor;
--rollback alter table revenue.delta drop use_minor;
--rollback alter table revenue.account_month drop use_minor;
--rollback alter table revenue.balance drop use_minor;
--rollback alter table revenue.movement drop use_minor;
--rollback alter table revenue.counted drop use_minor;
--rollback alter table revenue.settings drop use;

--changeset headroom:revenue-0025
-- What was booked before told nothing of use: what an invoice or the return of use moved is use, and what of it is counted no more went with what the subscription lost last.
alter table revenue.movement disable trigger movement_stays;
update revenue.movement set use_minor = amount_minor where cause like 'invoice:%' or cause = 'usage';
with told as (
    select account_id, subscription_id, sum(use_minor) use_minor from revenue.movement where cause like 'invoice:%' or cause = 'usage' group by account_id, subscription_id
), gone as (
    select distinct on (movement.account_id, movement.subscription_id) movement.id, (round(counted.usage / 12) - told.use_minor)::bigint use_minor
    from told join revenue.counted using (account_id, subscription_id) join revenue.movement using (account_id, subscription_id)
    where movement.kind in ('CONTRACTION', 'CHURN') and not (movement.cause like 'invoice:%' or movement.cause = 'usage') and round(counted.usage / 12) < told.use_minor
    order by movement.account_id, movement.subscription_id, movement.number desc
)
update revenue.movement set use_minor = gone.use_minor from gone where movement.id = gone.id;
alter table revenue.movement enable always trigger movement_stays;
update revenue.counted set use_minor = told.use_minor
from (select account_id, subscription_id, sum(use_minor) use_minor from revenue.movement group by account_id, subscription_id having sum(use_minor) > 0) told
where counted.account_id = told.account_id and counted.subscription_id = told.subscription_id;
update revenue.balance set use_minor = told.use_minor
from (select account_id, currency, sum(use_minor) use_minor from revenue.movement group by account_id, currency having sum(use_minor) > 0) told
where balance.account_id = told.account_id and balance.currency = told.currency;
update revenue.account_month set use_minor = (
    select greatest(sum(use_minor), 0) from revenue.movement
    where movement.account_id = account_month.account_id and movement.currency = account_month.currency and movement.month <= account_month.month)
where exists (
    select from revenue.movement where movement.account_id = account_month.account_id and movement.currency = account_month.currency and movement.use_minor <> 0);
insert into revenue.total (month, currency, cohort, since, kind, product_id, amount_minor, movements, accounts, use_minor)
select month, currency, cohort, since, kind, product_id, 0, 0, 0, sum(use_minor) from revenue.movement
group by month, currency, cohort, since, kind, product_id having sum(use_minor) <> 0
on conflict (month, currency, cohort, since, kind, product_id) do update set use_minor = excluded.use_minor;
--rollback select 1;

--changeset headroom:revenue-0026
create index movement_product on revenue.movement (currency, account_id, product_id);
comment on index revenue.movement_product is 'Which accounts ever paid for more than one product: of these alone it is reckoned whether they do.';
--rollback drop index revenue.movement_product;
