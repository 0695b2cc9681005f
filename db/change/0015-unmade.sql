--liquibase formatted sql logicalFilePath:db/change/0015-unmade.sql

--changeset headroom:change-0015
create index plan_change_unmade on change.plan_change (decided_at) where effective_at is not null and state in ('DECLINED', 'REFUSED', 'ABANDONED');
comment on index change.plan_change_unmade is 'What waited, for a date or for the end of the period, and was not made: nobody was there to be answered.';
--rollback drop index change.plan_change_unmade;
