-- Where orders ship from. Both databases understand every statement.

-- Staff make zones and change them. A zone is what is delivered to at the same price, or served by the same places.
ALTER TABLE zone ADD COLUMN name_ar text;
ALTER TABLE zone ADD COLUMN name_en text;
ALTER TABLE zone ADD COLUMN version bigint NOT NULL DEFAULT 1;

-- What lies in a zone: cities of a country, or the rest of it. A zone was of one country; now it may be of several.
CREATE TABLE zone_area (
  tenant_id uuid NOT NULL, -- whose it is
  zone_id uuid NOT NULL, -- the zone
  country text NOT NULL, -- ISO 3166-1 alpha-2
  city text NOT NULL, -- a name of the city, folded for comparing; empty: the whole country
  PRIMARY KEY (tenant_id, zone_id, country, city),
  FOREIGN KEY (tenant_id, zone_id) REFERENCES zone (tenant_id, id)
);
INSERT INTO zone_area (tenant_id, zone_id, country, city)
SELECT zone.tenant_id, zone.id, zone.country, COALESCE(zone_city.city, '')
FROM zone LEFT JOIN zone_city ON zone_city.tenant_id = zone.tenant_id AND zone_city.zone_id = zone.id;
DROP TABLE zone_city;
ALTER TABLE zone DROP COLUMN country;

-- By which rules a channel chooses the places that its orders ship from.
CREATE TABLE channel_sourcing (
  tenant_id uuid NOT NULL, -- whose it is
  channel_id uuid NOT NULL, -- the channel
  rules text NOT NULL, -- codes of the rules, the most important first, separated by commas
  allow_split boolean NOT NULL, -- whether an order may ship from several places
  version bigint NOT NULL, -- counts its changes
  PRIMARY KEY (tenant_id, channel_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id)
);

-- A zone that a place serves.
CREATE TABLE location_zone (
  tenant_id uuid NOT NULL, -- whose it is
  location_id uuid NOT NULL, -- the place
  zone_id uuid NOT NULL, -- the zone
  rank bigint NOT NULL CHECK (rank >= 0), -- how far it is, the nearest lowest
  cost_minor bigint CHECK (cost_minor >= 0), -- what a parcel there costs the shop, to compare places by; none if nobody said
  PRIMARY KEY (tenant_id, location_id, zone_id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id),
  FOREIGN KEY (tenant_id, zone_id) REFERENCES zone (tenant_id, id)
);

-- That a line of an order ships from a place, and why. Append-only.
CREATE TABLE sourcing_decision (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the decision
  order_id uuid NOT NULL, -- of which order
  order_line_id uuid NOT NULL, -- of which line
  location_id uuid NOT NULL, -- from where
  quantity bigint NOT NULL CHECK (quantity > 0), -- units
  because text NOT NULL, -- code of what decided
  considered text NOT NULL, -- the places that were looked at and what became of them, JSON
  refused_by uuid, -- the place that was to give them before; none at placement
  refusal text, -- why that place does not give them, in the words of who says so
  actor text NOT NULL, -- who: an account's id, `guest` or `system`
  at bigint NOT NULL, -- when
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES "order" (tenant_id, id),
  FOREIGN KEY (tenant_id, order_line_id) REFERENCES order_line (tenant_id, id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id)
);
CREATE INDEX sourcing_decision_order ON sourcing_decision (tenant_id, order_id);
