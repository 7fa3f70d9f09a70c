-- How far RabbitMQ has confirmed the feed of each tenant. Read across tenants by the store alone.
CREATE TABLE amqp_head (
  tenant_id uuid NOT NULL PRIMARY KEY REFERENCES tenant (id), -- whose it is
  confirmed bigint NOT NULL, -- the place up to which everything was confirmed
  claimed_by uuid, -- who publishes it
  claimed_until bigint NOT NULL -- until when it is left to them
);
