//! What happens to promotions.
