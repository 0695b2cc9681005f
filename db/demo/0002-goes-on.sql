--liquibase formatted sql logicalFilePath:db/demo/0002-goes-on.sql

--changeset headroom:demo-0002
alter table demo.vendor
    add column one boolean not null default true check (one),
    add column used_until timestamptz;
update demo.vendor set used_until = ended_at;
alter table demo.vendor
    alter column used_until set not null,
    drop constraint vendor_pkey,
    add primary key (one);
comment on column demo.vendor.used_until is 'Until when usage was made up: the end of the history, and what was recorded after it.';
--rollback alter table demo.vendor drop constraint vendor_pkey, drop column one, drop column used_until, add primary key (seed);
