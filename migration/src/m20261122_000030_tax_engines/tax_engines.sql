-- Tax engines outside, and what they said. Both databases understand every statement.

ALTER TABLE channel ADD COLUMN tax_engine_url text; -- who says how what it sells is taxed; none: the shop's own rules
ALTER TABLE channel ADD COLUMN tax_engine_salt uuid; -- what the secret that signs questions follows from
ALTER TABLE channel ADD COLUMN tax_engine_version bigint NOT NULL DEFAULT 0; -- counts changes of these three
ALTER TABLE channel ADD COLUMN tax_fallback text CHECK (tax_fallback IN ('RULES', 'REFUSE')); -- what goes where it does not say; none: there is no engine

-- How things of a class are taxed for one who buys, delivered to a place, as the channel's engine said.
CREATE TABLE tax_answer (
  tenant_id uuid NOT NULL, -- whose it is
  channel_id uuid NOT NULL, -- whose engine was asked
  engine_version bigint NOT NULL, -- of which version of what the channel says of it: of another, nothing of it goes
  place text NOT NULL, -- where to: country, region, city and postal code, folded; empty: the engine is left alone for a while
  taxpayer text NOT NULL, -- the customer or the company that buys; empty: a guest
  class text NOT NULL, -- the tax class; empty: the standard one
  category text, -- how, such as STANDARD; none: the engine did not say
  rate_bps integer NOT NULL, -- basis points: 1500 is 15 %
  reason text, -- why it is not taxed at a rate
  expires_at bigint NOT NULL, -- from when on it is asked again
  PRIMARY KEY (tenant_id, channel_id, engine_version, place, taxpayer, class),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channel (tenant_id, id)
);
CREATE INDEX tax_answer_due ON tax_answer (tenant_id, channel_id, expires_at);

ALTER TABLE order_line ADD COLUMN tax_source text; -- who said how it is taxed: ENGINE or ESTIMATE; none: the shop's own rules
