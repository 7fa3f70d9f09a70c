-- Who wants to hear when a variant can be had again. Both databases understand every statement.

CREATE TABLE stock_alert (
  tenant_id uuid NOT NULL, -- whose it is
  id uuid NOT NULL, -- the wish
  channel_id uuid NOT NULL, -- where it is to be had
  variant_id uuid NOT NULL, -- what
  account_id uuid, -- the customer who asked; none for a guest
  email text NOT NULL, -- whom to tell, in lower case
  language text NOT NULL, -- in which language
  token_hash text NOT NULL, -- SHA-256 of the token by which it is taken back
  state text NOT NULL, -- WAITING or TOLD
  created_at bigint NOT NULL, -- when it was asked for
  look_at bigint NOT NULL, -- when to look again whether the variant can be had
  told_at bigint, -- when it could be had
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id),
  FOREIGN KEY (tenant_id, variant_id) REFERENCES variant (tenant_id, id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
);
CREATE UNIQUE INDEX stock_alert_once ON stock_alert (tenant_id, channel_id, variant_id, email)
  WHERE state = 'WAITING';
CREATE INDEX stock_alert_due ON stock_alert (look_at) WHERE state = 'WAITING';
CREATE INDEX stock_alert_variant ON stock_alert (tenant_id, variant_id) WHERE state = 'WAITING';
CREATE INDEX stock_alert_email ON stock_alert (tenant_id, email);
CREATE INDEX stock_alert_account ON stock_alert (tenant_id, account_id);
CREATE INDEX stock_alert_token ON stock_alert (tenant_id, token_hash);
CREATE INDEX stock_alert_age ON stock_alert (created_at);
CREATE INDEX stock_alert_told ON stock_alert (told_at) WHERE state = 'TOLD';
