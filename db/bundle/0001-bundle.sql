--liquibase formatted sql logicalFilePath:db/bundle/0001-bundle.sql

--changeset headroom:bundle-0001
create schema bundle;
create table bundle.bundle (
    id uuid primary key,
    key text not null unique,
    name text not null,
    percent numeric(5, 2) not null check (percent > 0 and percent <= 100),
    from_at timestamptz not null,
    until_at timestamptz,
    check (from_at <= until_at)
);
comment on table bundle.bundle is 'Things that cost less together; of one that is there nothing changes but its end.';
comment on column bundle.bundle.until_at is 'Exclusive; from then on nobody gets it any more. Null is until further notice.';
create table bundle.member (
    bundle_id uuid not null references bundle.bundle,
    position int not null,
    product_id uuid not null,
    add_on_id uuid,
    reduced boolean not null,
    primary key (bundle_id, position)
);
comment on column bundle.member.add_on_id is 'Null is any plan of the product.';
comment on column bundle.member.reduced is 'Whether it costs less; the others only have to be there.';
--rollback drop schema bundle cascade;
