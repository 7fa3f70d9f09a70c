-- How much the promotions of a cart together may take off its lines, in each channel. Both databases understand every
-- statement.

ALTER TABLE channel ADD COLUMN discount_max_bps bigint CHECK (discount_max_bps BETWEEN 1 AND 10000); -- hundredths of a percent
ALTER TABLE channel ADD COLUMN discount_max_minor bigint CHECK (discount_max_minor > 0); -- minor units
ALTER TABLE channel ADD COLUMN discount_cap_version bigint NOT NULL DEFAULT 1; -- counts changes of both
