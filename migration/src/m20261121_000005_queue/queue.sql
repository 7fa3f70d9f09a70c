-- The queue of those who want to order.

-- A cart that was handed in to become an order.
CREATE TABLE checkout_ticket (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the ticket
  channel_id uuid NOT NULL, -- where it was handed in
  cart_id uuid NOT NULL, -- what was handed in
  cart_version bigint NOT NULL, -- the cart's version then
  customer_id uuid, -- who handed it in; none for a guest
  expected_total text, -- the total agreed to, a decimal number in the channel's currency
  request_id text NOT NULL, -- the request it was handed in with
  accepted_at bigint NOT NULL, -- when it was handed in
  state text NOT NULL, -- WAITING, PLACED or REFUSED
  n_faults integer NOT NULL, -- how often it could not be decided because of a fault of ours
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id),
  FOREIGN KEY (tenant_id, cart_id) REFERENCES cart (tenant_id, id)
);
-- A cart waits once, and becomes one order.
CREATE UNIQUE INDEX checkout_ticket_cart ON checkout_ticket (tenant_id, cart_id) WHERE state <> 'REFUSED';
CREATE INDEX checkout_ticket_waiting ON checkout_ticket (tenant_id, channel_id, accepted_at, id) WHERE state = 'WAITING';

-- What became of a ticket. Append-only.
CREATE TABLE checkout_outcome (
  tenant_id uuid NOT NULL, -- whose it is
  ticket_id uuid NOT NULL, -- the ticket
  channel_id uuid NOT NULL, -- where it was handed in
  turn bigint NOT NULL, -- the how-manieth of its channel it was decided as
  order_id uuid, -- the order, if it became one
  refusal text, -- why it became none, JSON
  decided_at bigint NOT NULL, -- when that was decided
  PRIMARY KEY (tenant_id, ticket_id),
  UNIQUE (tenant_id, channel_id, turn),
  CHECK ((order_id IS NULL) <> (refusal IS NULL)),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES checkout_ticket (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

-- How far the queue of a channel has come. Whoever decides tickets holds its row.
CREATE TABLE checkout_queue (
  tenant_id uuid NOT NULL, -- whose it is
  channel_id uuid NOT NULL, -- the channel
  n_decided bigint NOT NULL, -- how many tickets were decided
  PRIMARY KEY (tenant_id, channel_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id)
);
