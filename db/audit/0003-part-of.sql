--liquibase formatted sql logicalFilePath:db/audit/0003-part-of.sql

--changeset headroom:audit-0004
alter table audit.entry add column part_of text;
alter table audit.entry add column part_of_id text;
alter table audit.entry add constraint entry_part_of_check check ((part_of is null) = (part_of_id is null));
create index entry_part_of on audit.entry (part_of_id, at desc, id desc) where part_of_id is not null;
comment on column audit.entry.part_of is 'The kind of thing that the subject is a part of, or decides about: of a draft and a roll-out the plan or add-on; null of what stands by itself.';
comment on column audit.entry.part_of_id is 'Of that thing; its log has the entry too.';
--rollback drop index audit.entry_part_of;
--rollback alter table audit.entry drop constraint entry_part_of_check;
--rollback alter table audit.entry drop column part_of_id;
--rollback alter table audit.entry drop column part_of;

--changeset headroom:audit-0005
--comment: What was written before stays as it is; beside it is noted what is told by the log itself, and nothing where two plans had one key.
alter table audit.entry disable trigger entry_stays;
with opened as (
    select subject_id as draft, coalesce(after #>> '{subject,plan,value}', after #>> '{subject,plan}') as plan,
        case after #>> '{subject,kind}' when 'ADD_ON' then 'addOn' else 'plan' end as kind
    from audit.entry where subject = 'draft' and operation = 'openDraft')
update audit.entry set part_of = opened.kind, part_of_id = opened.plan
from opened where subject = 'draft' and subject_id = opened.draft and opened.plan is not null;
with named as (
    select after ->> 'key' as key, subject_id as plan, subject as kind from audit.entry where operation in ('createPlan', 'createAddOn', 'takePlan')
    union
    select after #>> '{subject,key}', part_of_id, part_of from audit.entry where operation = 'openDraft' and part_of is not null),
known as (
    select key, min(plan) as plan, min(kind) as kind from named where key is not null group by key having count(distinct plan) = 1),
decided as (
    select distinct e.subject_id as rollout, known.plan, known.kind
    from audit.entry e join known on known.key = e.after ->> 'plan'
    where e.subject = 'rollout' and e.operation in ('publishDraft', 'moveSubscribers'))
update audit.entry set part_of = decided.kind, part_of_id = decided.plan
from decided where subject = 'rollout' and subject_id = decided.rollout;
update audit.entry set part_of = 'addOn', part_of_id = subject_id
where subject = 'plan' and subject_id in (select subject_id from audit.entry where subject = 'addOn' union select part_of_id from audit.entry where part_of = 'addOn');
alter table audit.entry enable always trigger entry_stays;
--rollback select 1;
