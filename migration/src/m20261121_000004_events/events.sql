-- What the outside is told of an event. `request_id` is its cause: the request or the event that it came of.
ALTER TABLE outbox ADD COLUMN schema_version integer NOT NULL DEFAULT 1;
ALTER TABLE outbox ADD COLUMN correlation_id text;
-- Its place among the tenant's events, without gaps: given after commit, since only then the order is known.
ALTER TABLE outbox ADD COLUMN position bigint;
CREATE UNIQUE INDEX outbox_position ON outbox (tenant_id, position);
CREATE INDEX outbox_unnumbered ON outbox (tenant_id) WHERE position IS NULL;

-- How far each tenant's events are numbered, and how far they were trimmed.
CREATE TABLE event_head (
  tenant_id uuid NOT NULL PRIMARY KEY REFERENCES tenant (id),
  last bigint NOT NULL DEFAULT 0,
  trimmed bigint NOT NULL DEFAULT 0,
  trimmed_before bigint NOT NULL DEFAULT 0
);

-- An address that is told of events.
CREATE TABLE webhook (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the webhook
  name text NOT NULL, -- what people call it
  url text NOT NULL, -- where events are sent
  types text NOT NULL, -- JSON: names of events, or groups such as `order.*`; none is all
  is_enabled boolean NOT NULL, -- whether events are sent
  salt uuid NOT NULL, -- what its secret is derived from
  previous_salt uuid, -- what the secret before was derived from
  previous_until bigint, -- until when the secret before signs too
  heard bigint NOT NULL, -- the position up to which events became deliveries
  failures integer NOT NULL DEFAULT 0, -- attempts that failed since the last that did not
  closed_until bigint, -- until when nothing is tried, after many failures
  version bigint NOT NULL DEFAULT 1, -- counts changes by people
  created_at bigint NOT NULL, -- when it was made
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (id)
);

-- An event that a webhook is told of.
CREATE TABLE webhook_delivery (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the delivery
  webhook_id uuid NOT NULL, -- who is told
  event_id uuid NOT NULL, -- of what
  aggregate_id uuid NOT NULL, -- the record that the event is about
  sequence bigint NOT NULL, -- the event's number among those of the record
  name text NOT NULL, -- the event's name
  state text NOT NULL, -- PENDING, DELIVERED, DEAD
  attempts integer NOT NULL DEFAULT 0, -- how often it was tried
  tries integer NOT NULL DEFAULT 0, -- how often since it was made or replayed
  due_at bigint NOT NULL, -- when it is tried next
  claimed_until bigint NOT NULL DEFAULT 0, -- until when it is left to who tries it
  expires_at bigint NOT NULL, -- when it is given up
  created_at bigint NOT NULL, -- when it was made
  delivered_at bigint, -- when it was taken
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, webhook_id, event_id),
  FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (tenant_id, webhook_id, due_at, id) WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_claimed ON webhook_delivery (tenant_id, webhook_id, claimed_until)
  WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_expiring ON webhook_delivery (expires_at) WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_left ON webhook_delivery (state) WHERE state <> 'DELIVERED';
CREATE INDEX webhook_delivery_order ON webhook_delivery (tenant_id, webhook_id, aggregate_id, sequence)
  WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_event ON webhook_delivery (tenant_id, event_id);
CREATE INDEX webhook_delivery_made ON webhook_delivery (tenant_id, created_at, id);

-- One attempt at a delivery.
CREATE TABLE webhook_attempt (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the attempt
  delivery_id uuid NOT NULL, -- of what
  number integer NOT NULL, -- 1 for the first
  url text NOT NULL, -- where it was sent
  status integer, -- the HTTP status of the answer, if one came
  response text, -- what the answer began with
  error text, -- why no answer came
  duration_ms bigint NOT NULL, -- how long it took
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES webhook_delivery (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_attempt_delivery ON webhook_attempt (tenant_id, delivery_id, number);
