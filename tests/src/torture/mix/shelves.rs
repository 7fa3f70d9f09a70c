//! What is where, by what the clients were told: what there was, and every change that was acknowledged.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::torture::{goods::Goods, report::Report, shopping::text};

/// The places of the fixture, as goods are dealt out to them.
pub(super) const PLACES: [&str; 3] = ["riyadh", "jeddah", "dammam"];

/// Units of every SKU at every place.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    /// By SKU and place.
    units: BTreeMap<(String, String), Shelf>,
    /// What left, by shipment.
    parcels: BTreeMap<String, Parcel>,
    /// Shipments that came back.
    returned: BTreeSet<String>,
}

/// Units of a SKU at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shelf {
    pub(super) on_hand: i64,
    pub(super) quarantined: i64,
}

/// What left with a shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Parcel {
    place: String,
    /// By SKU.
    units: BTreeMap<String, i64>,
}

impl Shelves {
    /// The shelves of a shop that was filled with these goods.
    pub(super) fn of(goods: &[Goods]) -> Self {
        let mut units = BTreeMap::new();
        for Goods { sku, stock } in goods {
            for (place, n) in PLACES.into_iter().zip(stock) {
                let on_hand = i64::try_from(*n).unwrap();
                units.insert((sku.clone(), place.to_owned()), Shelf { on_hand, quarantined: 0 });
            }
        }
        Self { units, ..Self::default() }
    }

    /// What should be there.
    pub(super) const fn units(&self) -> &BTreeMap<(String, String), Shelf> {
        &self.units
    }

    /// Writes down what a mutation did.
    pub(super) fn note(&mut self, name: &str, input: &Value, payload: &Value, report: &Report) {
        match name {
            "stockAdjust" | "stockSet" | "stockReceive" => self.change(payload, |shelf, n, _| shelf.on_hand += n),
            "stockQuarantineSettle" => self.change(payload, |shelf, n, line| {
                let n = n.abs();
                shelf.quarantined -= n;
                if input["lines"][line]["outcome"] == "RESTOCK" {
                    shelf.on_hand += n;
                }
            }),
            "stockTransferShip" => self.carry(&payload["transfer"], "from", |line| -whole(&line["shipped"])),
            "stockTransferCancel" => self.carry(&payload["transfer"], "from", |line| whole(&line["returned"])),
            "stockTransferReceive" => self.receive(input, &payload["transfer"]),
            "stockCountClose" => {
                let place = text(&payload["count"]["location"]["code"]);
                for line in lines(&payload["count"]) {
                    self.shelf(&text(&line["variant"]["sku"]), &place).on_hand += whole(&line["variance"]);
                }
            }
            "returnReceive" => self.send_back(&payload["orderReturn"], |shelf, _, n| shelf.quarantined += n),
            "returnInspect" => self.send_back(&payload["orderReturn"], |shelf, line, n| {
                let decided = lines(input).find(|one| one["line"] == line["line"]["id"]);
                match decided.and_then(|one| one["outcome"].as_str()) {
                    Some("RESTOCK") => {
                        shelf.quarantined -= n;
                        shelf.on_hand += n;
                    }
                    Some("WRITE_OFF") => shelf.quarantined -= n,
                    _ => {}
                }
            }),
            "shipmentReturnReceive" => {
                self.see_parcels(&payload["order"], report);
                self.take_back(input, report);
            }
            _ => self.see_parcels(&payload["order"], report),
        }
    }

    fn shelf(&mut self, sku: &str, place: &str) -> &mut Shelf {
        self.units.entry((sku.to_owned(), place.to_owned())).or_default()
    }

    /// Changes the levels of a payload's `results`, by their units and their places in the input.
    fn change(&mut self, payload: &Value, change: impl Fn(&mut Shelf, i64, usize)) {
        for result in payload["results"].as_array().into_iter().flatten() {
            let level = &result["level"];
            let line = usize::try_from(whole(&result["line"])).unwrap_or(usize::MAX);
            let shelf = self.shelf(&text(&level["variant"]["sku"]), &text(&level["location"]));
            change(shelf, whole(&result["units"]), line);
        }
    }

    fn carry(&mut self, transfer: &Value, end: &str, units: impl Fn(&Value) -> i64) {
        let place = text(&transfer[end]["code"]);
        for line in lines(transfer) {
            self.shelf(&text(&line["variant"]["sku"]), &place).on_hand += units(line);
        }
    }

    /// What came of a transfer is what was asked for: the payload tells what came altogether. The transfers of these
    /// clients are of one line.
    fn receive(&mut self, input: &Value, transfer: &Value) {
        let place = text(&transfer["to"]["code"]);
        let came: i64 = lines(input).map(|line| whole(&line["quantity"])).sum();
        self.shelf(&text(&transfer["lines"][0]["variant"]["sku"]), &place).on_hand += came;
    }

    /// Changes the shelves that goods of a return came to, by what came of each line.
    fn send_back(&mut self, back: &Value, change: impl Fn(&mut Shelf, &Value, i64)) {
        let place = place_of_return(&text(&back["id"]));
        for line in lines(back) {
            change(self.shelf(&text(&line["line"]["sku"]), place), line, whole(&line["received"]));
        }
    }

    /// Whoever sees an order sees its shipments; what left is not there any more.
    pub(super) fn see_parcels(&mut self, order: &Value, report: &Report) {
        for shipment in order["shipments"].as_array().into_iter().flatten() {
            let (id, place) = (text(&shipment["id"]), text(&shipment["location"]["code"]));
            let mut units = BTreeMap::new();
            for line in lines(shipment) {
                *units.entry(text(&line["line"]["sku"])).or_default() += whole(&line["quantity"]);
            }
            let parcel = Parcel { place, units };
            match self.parcels.get(&id) {
                Some(before) if *before != parcel => report.found(format!("{id} was {before:?}, then {parcel:?}")),
                Some(_) => {}
                None => {
                    for (sku, n) in &parcel.units {
                        self.shelf(sku, &parcel.place).on_hand -= n;
                    }
                    self.parcels.insert(id, parcel);
                }
            }
        }
    }

    fn take_back(&mut self, input: &Value, report: &Report) {
        let id = text(&input["shipment"]);
        let Some(Parcel { place, units }) = self.parcels.get(&id).cloned() else {
            report.found(format!("{id} came back, and nobody was told that it left"));
            return;
        };
        if !self.returned.insert(id.clone()) {
            report.found(format!("{id} came back twice"));
        }
        for (sku, n) in units {
            let shelf = self.shelf(&sku, &place);
            if input["goods"] == "RESTOCK" { shelf.on_hand += n } else { shelf.quarantined += n }
        }
    }
}

/// Where the goods of a return come in: whoever takes them takes them there, so that everybody knows.
pub(super) fn place_of_return(id: &str) -> &'static str {
    let n = id.bytes().fold(0, |n: usize, byte| n + usize::from(byte));
    PLACES[n % PLACES.len()]
}

fn lines(of: &Value) -> impl Iterator<Item = &Value> {
    of["lines"].as_array().into_iter().flatten()
}

fn whole(value: &Value) -> i64 {
    value.as_i64().unwrap_or_default()
}
