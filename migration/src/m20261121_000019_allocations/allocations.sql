-- Units of a place that are one channel's. Both databases understand every statement.

-- In which channel stock is promised; none of what was promised before this was asked.
ALTER TABLE reservation ADD COLUMN channel_id uuid;
ALTER TABLE cart_hold ADD COLUMN channel_id uuid;

CREATE TABLE stock_allocation (
  tenant_id uuid NOT NULL, -- whose it is
  variant_id uuid NOT NULL, -- of what
  location_id uuid NOT NULL, -- where
  channel_id uuid NOT NULL, -- whose units they are
  quantity bigint NOT NULL CHECK (quantity > 0), -- units that other channels leave, those among them that are promised in this one
  PRIMARY KEY (tenant_id, variant_id, location_id, channel_id),
  FOREIGN KEY (tenant_id, variant_id, location_id) REFERENCES stock_level (tenant_id, variant_id, location_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id)
);
CREATE INDEX reservation_of_level ON reservation (tenant_id, variant_id, location_id) WHERE state IN ('HELD', 'CONFIRMED');
