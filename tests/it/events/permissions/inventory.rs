//! Stock, where it lies and what moves it.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::{Example, mutation, query};
use crate::{
    inventory::{
        ask::{line, place},
        count::count,
        quarantine::db_quarantine,
        supply::announced,
        transfer::carry,
    },
    orders::ask::text,
};

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "ProductVariant.stock" => {
            let stock = r#"{ productVariant(by: { sku: "TEA" }) { stock { onHand } } }"#;
            query(stock, "/productVariant/stock/0/onHand")
        }
        "Query.stockLevels" => query("{ stockLevels { nodes { id } } }", "/stockLevels/nodes/0/id"),
        "Query.stockMovements" => query("{ stockMovements { nodes { id } } }", "/stockMovements/nodes/0/id"),
        "Query.locations" => query("{ locations { nodes { id } } }", "/locations/nodes/0/id"),
        "Query.channelLocations" => {
            query(r#"{ channelLocations(channel: "web-sa") { buffer } }"#, "/channelLocations/0/buffer")
        }
        "ProductVariant.selling" => {
            let selling = r#"{ productVariant(by: { sku: "TEA" }) { selling { policy } } }"#;
            query(selling, "/productVariant/selling/policy")
        }
        "Query.inboundSupplies" => {
            announced(shop, 1, "2026-04-01").await;
            query("{ inboundSupplies { nodes { id } } }", "/inboundSupplies/nodes/0/id")
        }
        "Mutation.variantSellingSet" => {
            let line = json!({ "variant": shop.variant("TEA").await, "policy": "DENY", "limit": 0 });
            let shown = "/variantSellingSet/selling/0/policy";
            mutation("variantSellingSet", "selling { policy }", json!({ "lines": [line] }), shown)
        }
        "Query.stockAlerts" => query("{ stockAlerts { nodes { id } } }", "/stockAlerts/nodes"),
        "Query.stockAlertCounts" => query("{ stockAlertCounts { count } }", "/stockAlertCounts"),
        "ProductVariant.stockAlertCount" => {
            let asked = r#"{ productVariant(by: { sku: "TEA" }) { stockAlertCount } }"#;
            query(asked, "/productVariant/stockAlertCount")
        }
        "Mutation.channelPromiseSet" => {
            let input = json!({ "channel": "web-kw", "promiseDays": 1 });
            mutation("channelPromiseSet", "promiseDays", input, "/channelPromiseSet/promiseDays")
        }
        "Mutation.channelCartReservationSet" => {
            let input = json!({ "channel": "web-kw", "minutes": 1 });
            mutation("channelCartReservationSet", "minutes", input, "/channelCartReservationSet/minutes")
        }
        "Mutation.inboundSupplyCreate" => {
            let more = json!({ "quantity": 1, "expectedAt": "2026-04-01" });
            let input = line(shop, "TEA", "riyadh", more).await;
            mutation("inboundSupplyCreate", "supply { id }", input, "/inboundSupplyCreate/supply/id")
        }
        "Mutation.inboundSupplyUpdate" => {
            let input = json!({ "supply": announced(shop, 1, "2026-04-01").await, "quantity": 2 });
            mutation("inboundSupplyUpdate", "supply { id }", input, "/inboundSupplyUpdate/supply/id")
        }
        "Mutation.inboundSupplyReceive" => {
            let input = json!({ "supply": announced(shop, 1, "2026-04-01").await, "quantity": 1 });
            mutation("inboundSupplyReceive", "supply { id }", input, "/inboundSupplyReceive/supply/id")
        }
        "Mutation.inboundSupplyCancel" => {
            let input = json!({ "supply": announced(shop, 1, "2026-04-01").await });
            mutation("inboundSupplyCancel", "supply { id }", input, "/inboundSupplyCancel/supply/id")
        }
        "Mutation.stockAdjust" => {
            let line = line(shop, "TEA", "riyadh", json!({ "delta": 1, "reason": "x" })).await;
            mutation("stockAdjust", "results { line }", json!({ "lines": [line] }), "/stockAdjust/results/0/line")
        }
        "Mutation.stockSet" => {
            let line = line(shop, "TEA", "riyadh", json!({ "quantity": 9 })).await;
            let input = json!({ "lines": [line], "reason": "x" });
            mutation("stockSet", "results { line }", input, "/stockSet/results/0/line")
        }
        "Mutation.stockReceive" => {
            let line = line(shop, "TEA", "riyadh", json!({ "quantity": 1 })).await;
            mutation("stockReceive", "results { line }", json!({ "lines": [line] }), "/stockReceive/results/0/line")
        }
        "Mutation.stockAllocationsSet" => {
            let line = line(shop, "TEA", "riyadh", json!({ "channel": "web-kw", "quantity": 1 })).await;
            let shown = "/stockAllocationsSet/results/0/line";
            mutation("stockAllocationsSet", "results { line }", json!({ "lines": [line] }), shown)
        }
        "Mutation.stockThresholdsSet" => {
            let line = line(shop, "TEA", "riyadh", json!({ "safetyStock": 1 })).await;
            let shown = "/stockThresholdsSet/results/0/line";
            mutation("stockThresholdsSet", "results { line }", json!({ "lines": [line] }), shown)
        }
        "Query.stockTransfers" => {
            under_way(shop).await;
            query("{ stockTransfers { nodes { id } } }", "/stockTransfers/nodes/0/id")
        }
        "Query.stockCounts" => {
            counting(shop).await;
            query("{ stockCounts { nodes { id } } }", "/stockCounts/nodes/0/id")
        }
        "Mutation.stockQuarantineSettle" => {
            db_quarantine(shop).await;
            let more = json!({ "quantity": 1, "outcome": "RESTOCK", "reason": "x" });
            let input = json!({ "lines": [line(shop, "COFFEE-500-DARK", "riyadh", more).await] });
            mutation("stockQuarantineSettle", "results { line }", input, "/stockQuarantineSettle/results/0/line")
        }
        "Mutation.stockTransferShip" => {
            let input = transfer(shop).await;
            mutation("stockTransferShip", "transfer { id }", input, "/stockTransferShip/transfer/id")
        }
        "Mutation.stockTransferReceive" => {
            let input = json!({ "transfer": under_way(shop).await, "reason": "x" });
            mutation("stockTransferReceive", "transfer { id }", input, "/stockTransferReceive/transfer/id")
        }
        "Mutation.stockTransferCancel" => {
            let input = json!({ "transfer": under_way(shop).await });
            mutation("stockTransferCancel", "transfer { id }", input, "/stockTransferCancel/transfer/id")
        }
        "Mutation.stockCountOpen" => {
            let input = json!({ "location": place(shop, "riyadh").await });
            mutation("stockCountOpen", "count { id }", input, "/stockCountOpen/count/id")
        }
        "Mutation.stockCountRecord" => {
            let lines = json!([{ "variant": shop.variant("TEA").await, "counted": 9 }]);
            let input = json!({ "count": counting(shop).await, "lines": lines });
            mutation("stockCountRecord", "count { id }", input, "/stockCountRecord/count/id")
        }
        "Mutation.stockCountClose" => {
            let input = json!({ "count": counting(shop).await });
            mutation("stockCountClose", "count { id }", input, "/stockCountClose/count/id")
        }
        "Mutation.locationCreate" => {
            let input = json!({ "code": "abha", "nameEn": "Abha", "kind": "SHOP", "city": "Abha" });
            mutation("locationCreate", "location { id }", input, "/locationCreate/location/id")
        }
        "Mutation.locationUpdate" => {
            let input = json!({ "location": place(shop, "riyadh").await, "city": "x" });
            mutation("locationUpdate", "location { id }", input, "/locationUpdate/location/id")
        }
        "Mutation.channelLocationsSet" => {
            let input = json!({ "channel": "web-kw", "locations": [{ "location": place(shop, "riyadh").await }] });
            let shown = "/channelLocationsSet/locations/0/buffer";
            mutation("channelLocationsSet", "locations { buffer }", input, shown)
        }
        _ => return None,
    };
    Some(example)
}

/// What is to be sent from one place to another.
async fn transfer(shop: &Shop) -> Value {
    let lines = json!([{ "variant": shop.variant("TEA").await, "quantity": 1 }]);
    json!({ "from": place(shop, "riyadh").await, "to": place(shop, "dammam").await, "lines": lines })
}

/// The id of a transfer that is under way.
async fn under_way(shop: &Shop) -> String {
    let sent = carry(&shop.staff("STOCK_MANAGE"), "stockTransferShip", transfer(shop).await).await;
    text(&sent["transfer"]["id"])
}

/// The id of a count that goes on.
async fn counting(shop: &Shop) -> String {
    let input = json!({ "location": place(shop, "riyadh").await });
    text(&count(&shop.staff("STOCK_MANAGE"), "stockCountOpen", input).await["count"]["id"])
}
