--liquibase formatted sql logicalFilePath:db/overage/0003-rejections.sql

--changeset headroom:overage-0003
create table overage.rejection (
    event text primary key,
    at timestamptz not null,
    heard_at timestamptz not null,
    meter text,
    looked_from timestamptz,
    looked_until timestamptz,
    count bigint not null,
    summary text not null,
    reasons jsonb not null
);
comment on table overage.rejection is 'What Stripe has said, after it took them, of reports that it does not count.';
comment on column overage.rejection.event is 'Stripe''s id of the event that told.';
comment on column overage.rejection.count is 'Of reports; the reasons name some of them only.';
create index rejection_at on overage.rejection (at desc, event desc);
alter table overage.report add column rejected_at timestamptz;
comment on column overage.report.rejected_at is 'When Stripe said that it does not count; null while it has said nothing, which it does not of every one.';
create index report_id on overage.report (id);
--rollback drop index overage.report_id;
--rollback alter table overage.report drop column rejected_at;
--rollback drop table overage.rejection;
