--liquibase formatted sql logicalFilePath:db/audit/0002-whole-log.sql

--changeset headroom:audit-0002
alter table audit.entry add column origin text;
alter table audit.entry add column reason text;
alter table audit.entry add column correlation_id uuid;
update audit.entry set origin = case split_part(actor, ':', 1)
    when 'console' then 'CONSOLE'
    when 'api-key' then 'API_KEY'
    when 'member' then 'ACCOUNT_TOKEN'
    else case actor when 'system:stripe' then 'STRIPE' else 'SYSTEM' end
end;
alter table audit.entry alter column origin set not null;
alter table audit.entry add constraint entry_origin_check check (origin in ('CONSOLE', 'API_KEY', 'ACCOUNT_TOKEN', 'STRIPE', 'SYSTEM'));
create index entry_at on audit.entry (at desc, id desc);
create index entry_actor on audit.entry (actor, at desc, id desc);
create index entry_operation on audit.entry (operation, at desc, id desc);
create index entry_origin on audit.entry (origin, at desc, id desc);
create index entry_subject on audit.entry (subject, at desc, id desc);
create index entry_subject_id on audit.entry (subject_id, at desc, id desc);
create index entry_correlation on audit.entry (correlation_id, at desc, id desc) where correlation_id is not null;
create index entry_of_account on audit.entry (account_id, at desc, id desc) where account_id is not null;
drop index audit.entry_account;
create index entry_words on audit.entry using gin (to_tsvector('simple', coalesce(after ->> 'key', before ->> 'key', '') || ' ' || coalesce(after ->> 'name', before ->> 'name', '') || ' ' || coalesce(reason, '')));
comment on column audit.entry.origin is 'Where it came from.';
comment on column audit.entry.reason is 'Why, in the words of whoever did it; null where nobody said.';
comment on column audit.entry.correlation_id is 'The same for all that came of one request, click, event of Stripe''s or run of a job; null for what was written before it was noted.';
--rollback create index entry_account on audit.entry (account_id, at desc);
--rollback drop index audit.entry_words;
--rollback drop index audit.entry_of_account;
--rollback drop index audit.entry_correlation;
--rollback drop index audit.entry_subject_id;
--rollback drop index audit.entry_subject;
--rollback drop index audit.entry_origin;
--rollback drop index audit.entry_operation;
--rollback drop index audit.entry_actor;
--rollback drop index audit.entry_at;
--rollback alter table audit.entry drop column correlation_id;
--rollback alter table audit.entry drop column reason;
--rollback alter table audit.entry drop column origin;

--changeset headroom:audit-0003 splitStatements:false
create function audit.refuse() returns trigger language plpgsql as $refuse$
begin
    raise exception 'Entries of the audit log are never changed: % refused', tg_op using errcode = 'restrict_violation';
end
$refuse$;
create trigger entry_stays before update or delete or truncate on audit.entry for each statement execute function audit.refuse();
alter table audit.entry enable always trigger entry_stays;
--rollback drop trigger entry_stays on audit.entry;
--rollback drop function audit.refuse();
