//! What staff do with goods.

use rand::{RngExt, rngs::StdRng};
use serde_json::{Value, json};

use super::{act, client::Client};
use crate::torture::caller::Unanswered;

impl Client<'_> {
    /// Goods are adjusted, set, received, looked at, or leave quarantine.
    pub(super) async fn move_stock(&self, rng: &mut StdRng) -> Result<(), Unanswered> {
        let (_, variant) = self.ground.any_variant(rng);
        let (_, other) = self.ground.any_variant(rng);
        let (_, place) = self.ground.any_place(rng);
        let mut input = json!({});
        if rng.random_ratio(1, 3) {
            input["onFailure"] = json!("SKIP_FAILED");
        }
        let act = match rng.random_range(0..if self.ground.has_time() { 13 } else { 12 }) {
            0..4 => {
                let line = |variant: &str, delta: i64| json!({ "variant": variant, "location": place, "delta": delta, "reason": "جرد سريع" });
                let mut lines = vec![line(variant, any_delta(rng))];
                if other != variant {
                    lines.push(line(other, any_delta(rng)));
                }
                input["lines"] = json!(lines);
                &act::ADJUST
            }
            4..6 => {
                let line = json!({ "variant": variant, "location": place, "quantity": rng.random_range(1..=6) });
                input["lines"] = json!([line]);
                &act::RECEIVE
            }
            6..8 => {
                let on_hand = self.look(variant, place).await?;
                let quantity = on_hand + rng.random_range(-3..=2);
                let line = json!({ "variant": variant, "location": place, "quantity": quantity.max(0), "expectedQuantity": on_hand });
                input["lines"] = json!([line]);
                input["reason"] = json!("كما عُدّ");
                &act::SET
            }
            8..10 => return self.settle(variant, place, input, rng).await,
            10 => {
                let line = json!({ "variant": variant, "location": place, "channel": "web-kw", "quantity": rng.random_range(0..=4) });
                input = json!({ "lines": [line] });
                &act::ALLOCATIONS
            }
            11 => {
                let policy = if rng.random_bool(0.5) { "BACKORDER" } else { "DENY" };
                let line = json!({ "variant": variant, "policy": policy, "limit": rng.random_range(1..=20) });
                input = json!({ "lines": [line] });
                &act::SELLING
            }
            // Where hours go by, so that at the end no cart holds anything.
            _ => {
                let minutes = rng.random_bool(0.5).then_some(15);
                input = json!({ "channel": "web-sa", "minutes": minutes });
                &act::CART_RESERVATION
            }
        };
        self.put(rng, act, input).await.map(|_| ())
    }

    /// Something leaves quarantine: what is there, most of the time.
    async fn settle(&self, variant: &str, place: &str, mut input: Value, rng: &mut StdRng) -> Result<(), Unanswered> {
        let waiting: Vec<_> = {
            let pages = self.book.pages();
            let waiting = pages.shelves.units().iter().filter(|(_, shelf)| 0 < shelf.quarantined);
            waiting.map(|(place, shelf)| (place.clone(), shelf.quarantined)).collect()
        };
        let (variant, place, most) = match waiting.get(rng.random_range(0..waiting.len().max(1))) {
            Some(((sku, place), most)) => (self.ground.shopping.variant(sku), self.ground.place(place), *most),
            None => (variant, place, 1),
        };
        let outcome = if rng.random_bool(0.7) { "RESTOCK" } else { "WRITE_OFF" };
        let quantity = rng.random_range(1..=most);
        let line = json!({ "variant": variant, "location": place, "quantity": quantity, "outcome": outcome, "reason": "فُحصت" });
        input["lines"] = json!([line]);
        self.put(rng, &act::SETTLE, input).await.map(|_| ())
    }

    /// What is on a shelf; the level must be a possible one.
    async fn look(&self, variant: &str, place: &str) -> Result<i64, Unanswered> {
        let query = "query ($filter: StockLevelFilter!) { stockLevels(filter: $filter) { nodes { onHand reserved quarantined location } } }";
        let filter = json!({ "filter": { "variants": [variant], "locations": [place] } });
        let mut found = self.read(&self.door.staff(), query, filter).await?;
        let level = found["stockLevels"]["nodes"][0].take();
        let whole = |field: &str| level[field].as_i64().unwrap_or_default();
        let (on_hand, reserved, quarantined) = (whole("onHand"), whole("reserved"), whole("quarantined"));
        if reserved < 0 || on_hand < reserved || quarantined < 0 {
            self.report().found(format!("a level of {variant} is {level}"));
        }
        Ok(on_hand)
    }

    /// Goods go from place to place, and are counted.
    pub(super) async fn transfer_or_count(&self, rng: &mut StdRng) -> Result<(), Unanswered> {
        match rng.random_range(0..100) {
            0..30 => self.send(rng).await,
            30..60 => self.end_transfer(rng).await,
            60..70 => {
                let (_, place) = self.ground.any_place(rng);
                let (_, variant) = self.ground.any_variant(rng);
                let input = json!({ "location": place, "variants": [variant] });
                self.put(rng, &act::COUNT_OPEN, input).await.map(|_| ())
            }
            _ => self.go_on_counting(rng).await,
        }
    }

    async fn send(&self, rng: &mut StdRng) -> Result<(), Unanswered> {
        let (_, variant) = self.ground.any_variant(rng);
        let ((_, from), (_, to)) = (self.ground.any_place(rng), self.ground.any_place(rng));
        if from == to {
            return Ok(());
        }
        let lines = json!([{ "variant": variant, "quantity": rng.random_range(1..=8) }]);
        self.put(rng, &act::TRANSFER_SHIP, json!({ "from": from, "to": to, "lines": lines })).await.map(|_| ())
    }

    /// Some of what was sent comes, or all of it, or it is called back.
    async fn end_transfer(&self, rng: &mut StdRng) -> Result<(), Unanswered> {
        let id = {
            let pages = self.book.pages();
            let n = rng.random_range(0..pages.transfers.len().max(1));
            pages.transfers.get(n).cloned()
        };
        let Some(id) = id else { return Ok(()) };
        if rng.random_ratio(1, 4) {
            let input = json!({ "transfer": id, "reason": "عاد السائق" });
            return self.put(rng, &act::TRANSFER_CANCEL, input).await.map(|_| ());
        }
        let query = "query ($id: ID!) { stockTransfers(filter: { ids: [$id] }) { nodes { lines { variant { id } inTransit } } } }";
        let mut found = self.read(&self.door.staff(), query, json!({ "id": id })).await?;
        let line = found["stockTransfers"]["nodes"][0]["lines"][0].take();
        let quantity = rng.random_range(1..=line["inTransit"].as_i64().unwrap_or_default().max(1));
        let lines = json!([{ "variant": line["variant"]["id"], "quantity": quantity }]);
        let close = rng.random_bool(0.5);
        let input = json!({ "transfer": id, "lines": lines, "close": close, "reason": "وصل بعضها" });
        self.put(rng, &act::TRANSFER_RECEIVE, input).await.map(|_| ())
    }

    /// Something is counted and written down, or the count is closed.
    async fn go_on_counting(&self, rng: &mut StdRng) -> Result<(), Unanswered> {
        let count = {
            let pages = self.book.pages();
            let n = rng.random_range(0..pages.counts.len().max(1));
            pages.counts.get(n).cloned()
        };
        let Some((count, place)) = count else { return Ok(()) };
        if rng.random_ratio(1, 3) {
            return self.put(rng, &act::COUNT_CLOSE, json!({ "count": count })).await.map(|_| ());
        }
        let (_, variant) = self.ground.any_variant(rng);
        let on_hand = self.look(variant, self.ground.place(&place)).await?;
        let counted = (on_hand + rng.random_range(-2..=2)).max(0);
        let lines = json!([{ "variant": variant, "counted": counted }]);
        self.put(rng, &act::COUNT_RECORD, json!({ "count": count, "lines": lines })).await.map(|_| ())
    }
}

/// A few more or fewer, never none.
fn any_delta(rng: &mut StdRng) -> i64 {
    let delta = rng.random_range(-4..=3);
    if delta < 0 { delta } else { delta + 1 }
}
