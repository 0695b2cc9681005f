--liquibase formatted sql logicalFilePath:db/entitlement/0003-seats-told.sql

--changeset headroom:entitlement-0003
create table entitlement.seats_told (
    account_id uuid not null,
    feature_id uuid not null,
    told int not null,
    told_of bigint not null,
    primary key (account_id, feature_id)
);
comment on table entitlement.seats_told is 'Which threshold of seats somebody was told of. Seats have no window, so it falls when seats are given back.';
comment on column entitlement.seats_told.told is 'The highest threshold that is passed, in percent; 0 for none.';
comment on column entitlement.seats_told.told_of is 'Of how many seats that may be held.';
--rollback drop table entitlement.seats_told;
