--liquibase formatted sql logicalFilePath:db/identity/0002-roles.sql

--changeset headroom:identity-0002
alter table identity.console_user add column roles text[];
update identity.console_user set roles = array[case role when 'PRICING_ADMIN' then 'PUBLISHER' else role end];
alter table identity.console_user alter column roles set not null;
alter table identity.console_user add constraint console_user_roles check (
    cardinality(roles) > 0 and roles <@ array['VIEWER', 'PRICING_EDITOR', 'PUBLISHER', 'APPROVER', 'FINANCE', 'OWNER']);
alter table identity.console_user drop column role;
comment on column identity.console_user.roles is 'What somebody may do is the union of these; a pricing admin of before is a publisher, who may do the same.';
--rollback alter table identity.console_user add column role text check (role in ('VIEWER', 'PRICING_ADMIN', 'APPROVER', 'OWNER'));
--rollback update identity.console_user set role = case when 'OWNER' = any(roles) then 'OWNER' when 'PUBLISHER' = any(roles) then 'PRICING_ADMIN' when 'APPROVER' = any(roles) then 'APPROVER' else 'VIEWER' end;
--rollback alter table identity.console_user alter column role set not null;
--rollback alter table identity.console_user drop column roles;
