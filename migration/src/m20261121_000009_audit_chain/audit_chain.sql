-- What was before, of entries whose use case knows it. An entry has the id of its event.
ALTER TABLE audit ADD COLUMN before text;
CREATE INDEX audit_at ON audit (tenant_id, at, id);

-- The seal of an entry: it holds the seal before. Append-only.
CREATE TABLE audit_seal (
  tenant_id uuid NOT NULL, -- whose it is
  position bigint NOT NULL, -- the entry's place, without gaps: that of its event in the feed
  entry_id uuid NOT NULL, -- the entry
  hash text NOT NULL, -- SHA-256 of the hash before and of all columns of the entry, in hexadecimal digits
  PRIMARY KEY (tenant_id, position),
  UNIQUE (tenant_id, entry_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (id)
);

-- Where the chain of each tenant ends.
CREATE TABLE audit_head (
  tenant_id uuid NOT NULL, -- whose it is
  last bigint NOT NULL, -- the place of the last seal
  hash text NOT NULL, -- its hash
  PRIMARY KEY (tenant_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (id)
);
