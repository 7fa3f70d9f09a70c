-- How much is in variants, and for how much of it the price is told. Both databases understand every statement.

ALTER TABLE variant ADD COLUMN measure text; -- JSON; none: it is not told for a quantity
ALTER TABLE order_line ADD COLUMN measure text; -- that of the variant at placement, JSON
