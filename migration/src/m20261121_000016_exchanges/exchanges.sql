-- Which edit brought what left for goods that came back.

CREATE TABLE order_exchange (
  tenant_id uuid NOT NULL, -- whose it is
  return_id uuid NOT NULL, -- what came back
  edit_id uuid NOT NULL, -- what left for it
  order_id uuid NOT NULL, -- of which order
  PRIMARY KEY (tenant_id, return_id),
  FOREIGN KEY (tenant_id, return_id) REFERENCES order_return (tenant_id, id),
  FOREIGN KEY (tenant_id, edit_id) REFERENCES order_edit (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id)
);

CREATE UNIQUE INDEX order_exchange_of_edit ON order_exchange (tenant_id, edit_id);
CREATE INDEX order_exchange_of_order ON order_exchange (tenant_id, order_id);
