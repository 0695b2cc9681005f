--liquibase formatted sql logicalFilePath:db/catalog/0002-meters.sql

--changeset headroom:catalog-0002
alter table catalog.feature
    add column aggregation text check (aggregation in ('SUM', 'COUNT', 'UNIQUE', 'MAX', 'LATEST')),
    add column property text,
    add column filter jsonb not null default '{}',
    add column group_by text[] not null default '{}',
    add column rolling_days int check (rolling_days between 1 and 92),
    add column source text,
    drop constraint feature_reset_check,
    add constraint feature_reset_check check (reset in ('NEVER', 'BILLING_PERIOD', 'CALENDAR_MONTH', 'DAY', 'ROLLING'));
update catalog.feature set aggregation = 'SUM' where kind = 'METER' or kind = 'ALLOWANCE' and not seats;
alter table catalog.feature
    add constraint feature_aggregation check ((aggregation is not null) = (kind = 'METER' or kind = 'ALLOWANCE' and not seats)),
    add constraint feature_rolling check ((rolling_days is not null) = (reset = 'ROLLING'));
comment on column catalog.feature.aggregation is 'How events become usage; present for what is counted by events.';
comment on column catalog.feature.property is 'The property that is counted instead of the quantity; for UNIQUE, the one whose values are told apart.';
comment on column catalog.feature.filter is 'Only events whose properties have one of these values count: {"method": ["POST", "PUT"]}.';
comment on column catalog.feature.group_by is 'Properties whose values get totals of their own.';
comment on column catalog.feature.source is 'Key of the meter whose events it counts; null for its own.';
--rollback alter table catalog.feature drop constraint feature_aggregation, drop constraint feature_rolling, drop constraint feature_reset_check, drop column aggregation, drop column property, drop column filter, drop column group_by, drop column rolling_days, drop column source, add constraint feature_reset_check check (reset in ('NEVER', 'BILLING_PERIOD', 'CALENDAR_MONTH', 'DAY'));
