--liquibase formatted sql logicalFilePath:db/policy/0002-starts.sql

--changeset headroom:policy-0002
alter table policy.transition_rule drop constraint transition_rule_kind_check;
alter table policy.transition_rule add constraint transition_rule_kind_check
    check (kind in ('UPGRADE', 'DOWNGRADE', 'SEATS_UP', 'SEATS_DOWN', 'INTERVAL_LONGER', 'INTERVAL_SHORTER', 'ADD_ON_IN', 'ADD_ON_OUT', 'END', 'START'));
--rollback delete from policy.transition_rule where kind = 'START';
--rollback alter table policy.transition_rule drop constraint transition_rule_kind_check;
--rollback alter table policy.transition_rule add constraint transition_rule_kind_check check (kind in ('UPGRADE', 'DOWNGRADE', 'SEATS_UP', 'SEATS_DOWN', 'INTERVAL_LONGER', 'INTERVAL_SHORTER', 'ADD_ON_IN', 'ADD_ON_OUT', 'END'));
