--liquibase formatted sql logicalFilePath:db/stripe/0007-deliveries.sql

--changeset headroom:stripe-0007
alter table stripe.inbox add column resent int not null default 0;
comment on column stripe.inbox.resent is 'How often somebody had it worked on again after it was given up.';
create index inbox_received on stripe.inbox (received_at desc);
create index inbox_troubled on stripe.inbox (received_at, event_id) where handled_at is null and failure is not null;
comment on index stripe.inbox_troubled is 'What could not be handled so far, or for good.';
alter table stripe.webhook drop constraint webhook_pkey;
alter table stripe.webhook add primary key (stripe_id);
alter table stripe.webhook
    add column made_at timestamptz,
    add column heard_at timestamptz,
    add column retires_at timestamptz,
    add column rotation uuid,
    add column overlap_hours int check (overlap_hours between 0 and 24);
create unique index webhook_current on stripe.webhook (url) where retires_at is null;
comment on column stripe.webhook.made_at is 'Null for those from before it was kept.';
comment on column stripe.webhook.heard_at is 'When an event last came that was signed with this secret; written once a second at most.';
comment on column stripe.webhook.retires_at is 'From when on its secret counts no more; null for the one that is current at its address.';
comment on column stripe.webhook.rotation is 'A successor was asked for under this id and is not here yet; overlap_hours is for how long this one goes on beside it.';
--rollback drop index stripe.webhook_current;
--rollback delete from stripe.webhook where retires_at is not null;
--rollback alter table stripe.webhook drop column made_at, drop column heard_at, drop column retires_at, drop column rotation, drop column overlap_hours;
--rollback alter table stripe.webhook drop constraint webhook_pkey;
--rollback alter table stripe.webhook add primary key (url);
--rollback drop index stripe.inbox_received;
--rollback drop index stripe.inbox_troubled;
--rollback alter table stripe.inbox drop column resent;
