--liquibase formatted sql logicalFilePath:db/sandbox/0007-events-as-sent.sql

--changeset headroom:sandbox-0007
-- An event is written once and sent as it was written; nobody looks into it here. Taking it apart, and putting it together again to send it, costs more than keeping it.
alter table sandbox.occurrence alter column body type json using body::json;
--rollback alter table sandbox.occurrence alter column body type jsonb using body::jsonb;

--changeset headroom:sandbox-0008
-- Most objects change several times in their life, by nothing that an index is of. Where there is room on its page for what it was before, none is written.
alter table sandbox.document set (fillfactor = 50);
--rollback alter table sandbox.document reset (fillfactor);
