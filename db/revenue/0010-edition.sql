--liquibase formatted sql logicalFilePath:db/revenue/0010-edition.sql

--changeset headroom:revenue-0030
alter table revenue.movement add edition smallint not null default 1 check (edition in (1, 2));
comment on column revenue.movement.edition is 'Of the rules that named its kind. By the first, whatever began beside what was paid for was a cross-sell; nothing else differs.';
alter table revenue.movement drop constraint movement_check3;
alter table revenue.movement add constraint movement_kind_fits check (case kind when 'NEW' then amount_minor > 0 and (number = 1 or opening_minor > 0 and month = cohort)
    when 'REACTIVATION' then amount_minor > 0 when 'CHURN' then closing_minor = 0 when 'CONTRACTION' then amount_minor < 0 else amount_minor > 0 and opening_minor > 0 end);
--rollback alter table revenue.movement drop constraint movement_kind_fits;
--rollback alter table revenue.movement add constraint movement_check3 check (case kind when 'NEW' then number = 1 and amount_minor > 0 when 'REACTIVATION' then amount_minor > 0 when 'CHURN' then closing_minor = 0 when 'CONTRACTION' then amount_minor < 0 else amount_minor > 0 and opening_minor > 0 end) not valid;
--rollback alter table revenue.movement drop edition;
