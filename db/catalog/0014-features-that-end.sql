--liquibase formatted sql logicalFilePath:db/catalog/0014-features-that-end.sql

--changeset headroom:catalog-0014
alter table catalog.feature
    add column description text not null default '',
    add column retired_at timestamptz;
comment on column catalog.feature.retired_at is 'No plan is given it any more from then on; null while it can be granted.';
--rollback alter table catalog.feature drop column description, drop column retired_at;
