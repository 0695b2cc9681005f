--liquibase formatted sql logicalFilePath:db/sandbox/0006-whole-documents.sql

--changeset headroom:sandbox-0006
-- Objects and events have a few kilobytes, and half of them change or come with each request: squeezing them costs more than the space that it saves.
alter table sandbox.document set (toast_tuple_target = 8160);
alter table sandbox.occurrence set (toast_tuple_target = 8160);
--rollback alter table sandbox.occurrence reset (toast_tuple_target);
--rollback alter table sandbox.document reset (toast_tuple_target);
