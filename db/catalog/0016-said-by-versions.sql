--liquibase formatted sql logicalFilePath:db/catalog/0016-said-by-versions.sql

--changeset headroom:catalog-0050
alter table catalog.plan_version
    add column name text,
    add column description text,
    add column rank int,
    add column visibility text check (visibility in ('PUBLIC', 'HIDDEN'));
update catalog.plan_version v set name = p.name, description = p.description, rank = p.rank, visibility = p.visibility
from catalog.plan p where p.id = v.plan_id;
alter table catalog.plan_version
    alter column name set not null,
    alter column description set not null,
    alter column rank set not null,
    alter column visibility set not null;
comment on column catalog.plan_version.name is 'What this version called its plan or add-on, as the other three it says of it: the plan has those of the version that was published last. Of what was published before it was noted, what the plan said then.';
--rollback alter table catalog.plan_version drop column visibility, drop column rank, drop column description, drop column name;
