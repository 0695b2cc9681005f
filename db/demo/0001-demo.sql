--liquibase formatted sql logicalFilePath:db/demo/0001-demo.sql

--changeset headroom:demo-0001
create schema demo;
create table demo.vendor (
    seed bigint primary key,
    accounts int not null check (accounts > 0),
    ended_at timestamptz not null,
    loaded_at timestamptz
);
comment on table demo.vendor is 'What the demo vendor is made from: the same row makes the same vendor, also after a load that was interrupted.';
comment on column demo.vendor.ended_at is 'The first start: where the made-up history ends and real time takes over.';
create table demo.biography (
    account_key text primary key,
    steps_done int not null check (steps_done >= 0)
);
comment on table demo.biography is 'How far the life of each account has been told; an interrupted load goes on there.';
--rollback drop schema demo cascade;
