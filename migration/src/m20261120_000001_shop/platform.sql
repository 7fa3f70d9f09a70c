-- Tables of the platform itself. `tenant` and `outbox` are read across tenants by the store alone.

CREATE TABLE tenant (
  id uuid NOT NULL PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  name_ar text NOT NULL,
  name_en text NOT NULL,
  host text UNIQUE,
  created_at bigint NOT NULL
);

CREATE TABLE outbox (
  id uuid NOT NULL PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  aggregate_kind text NOT NULL,
  aggregate_id uuid NOT NULL,
  sequence bigint NOT NULL,
  name text NOT NULL,
  payload text NOT NULL,
  actor text NOT NULL,
  request_id text NOT NULL,
  at bigint NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  due_at bigint NOT NULL,
  delivered_at bigint,
  UNIQUE (tenant_id, aggregate_id, sequence)
);
CREATE INDEX outbox_waiting ON outbox (due_at) WHERE delivered_at IS NULL;

-- How many events each record has had: the number of its last.
CREATE TABLE event_sequence (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  aggregate_id uuid NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (tenant_id, aggregate_id)
);

CREATE TABLE idempotency (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  operation text NOT NULL,
  caller text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  answer text,
  at bigint NOT NULL,
  PRIMARY KEY (tenant_id, operation, caller, key)
);

-- Who did what. Append-only.
CREATE TABLE audit (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the entry
  actor text NOT NULL, -- who did it: an account's id, `guest` or `system`
  action text NOT NULL, -- what was done: the event's name
  record_kind text NOT NULL, -- prefix of the ids of the record's kind
  record_id uuid NOT NULL, -- the record it was done to
  after text NOT NULL, -- the event's payload, JSON
  request_id text NOT NULL, -- the request it was done in
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (id)
);
CREATE INDEX audit_record ON audit (tenant_id, record_id, id);
