-- Payloads of webhooks that a query shapes. Both databases understand every statement.

-- The query; none: events are sent as they are.
ALTER TABLE webhook ADD COLUMN payload_query text;
-- Who set the address or the query last: in whose name the query is run. None: before there were queries.
ALTER TABLE webhook ADD COLUMN account_id uuid;
-- Whether its webhook had a query when the delivery was made.
ALTER TABLE webhook_delivery ADD COLUMN is_shaped boolean NOT NULL DEFAULT FALSE;

-- What was made of a delivery before it was first sent, and is sent at every attempt.
CREATE TABLE webhook_payload (
  tenant_id uuid NOT NULL, -- whose it is
  delivery_id uuid NOT NULL, -- of what
  account_id uuid NOT NULL, -- in whose name the query was run
  body text NOT NULL, -- the JSON
  PRIMARY KEY (tenant_id, delivery_id),
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES webhook_delivery (tenant_id, id) ON DELETE CASCADE
);
