--liquibase formatted sql logicalFilePath:db/overage/0002-beginning.sql

--changeset headroom:overage-0002
create table overage.beginning (
    one boolean primary key default true check (one),
    at timestamptz not null
);
comment on table overage.beginning is 'When somebody looked first: of windows that had ended by then nothing is charged for.';
--rollback drop table overage.beginning;
