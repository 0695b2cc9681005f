--liquibase formatted sql logicalFilePath:db/sandbox/0002-test-clock.sql

--changeset headroom:sandbox-0002
-- The test clock by which time passes for an object; null for the clock on the wall.
alter table sandbox.document add column clock text;
drop index sandbox.document_due;
create index document_due on sandbox.document (due_at, sequence) where due_at is not null and clock is null;
create index document_due_by_clock on sandbox.document (clock, due_at, sequence) where due_at is not null and clock is not null;
--rollback drop index sandbox.document_due_by_clock;
--rollback drop index sandbox.document_due;
--rollback create index document_due on sandbox.document (due_at, sequence) where due_at is not null;
--rollback alter table sandbox.document drop column clock;
