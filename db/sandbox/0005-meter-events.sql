--liquibase formatted sql logicalFilePath:db/sandbox/0005-meter-events.sql

--changeset headroom:sandbox-0005
-- What was reported to billing meters: too much to be documents, and only ever added up.
create table sandbox.meter_event (
    sequence    bigint      generated always as identity primary key,
    identifier  text        not null,
    event_name  text        not null,
    customer    text        not null,
    value       bigint      not null,
    at          timestamptz not null,
    received_at timestamptz not null,
    canceled    boolean     not null
);
create index meter_event_used on sandbox.meter_event (event_name, customer, at);
create index meter_event_identifier on sandbox.meter_event (event_name, identifier, received_at);
--rollback drop table sandbox.meter_event;
