//! What each merchant has, by its ids.

use serde_json::{Value, json};
use tests::{client::Client, tenant::Tenant, world::Placed};

use crate::{events::receiver::NOWHERE, organisations::ask as companies};

/// One of each kind of record.
#[derive(Debug)]
pub struct Things {
    pub product: String,
    pub variant: String,
    pub category: String,
    pub collection: String,
    pub customer: String,
    /// A group that they are in.
    pub group: String,
    /// A company that they buy for, a unit of it, and another that nobody is in.
    pub organisation: String,
    pub unit: String,
    pub spare_unit: String,
    /// The list of riyals, and that the group buys by another.
    pub promotion: String,
    pub coupon: String,
    pub price_list: String,
    pub tax_class: String,
    /// A rate that did not begin yet.
    pub tax_rate: String,
    /// That the customer is relieved of tax.
    pub tax_exemption: String,
    pub assignment: String,
    /// A gift card with 5.00, which is in the carts and in the draft.
    pub gift_card: String,
    /// The customer's store credit.
    pub store_credit: String,
    /// A guest's cart, ready for checkout.
    pub cart: String,
    pub line: String,
    pub second_line: String,
    pub delivery_method: String,
    /// A ticket of a guest's cart that is handed in.
    pub ticket: String,
    /// A place that holds stock.
    pub location: String,
    /// Another.
    pub elsewhere: String,
    /// Dates on their way from the one to the other.
    pub transfer: String,
    /// An area that is delivered to.
    pub zone: String,
    /// A count that goes on there.
    pub count: String,
    /// What a supplier is to deliver there.
    pub supply: String,
    /// Of this variant.
    pub incense: String,
    /// Two more guests' carts.
    pub spare: String,
    pub second_spare: String,
    /// An order of a customer, `PLACED`.
    pub order: Placed,
    /// A return.
    pub order_return: String,
    /// A return of which it is decided what becomes of the goods.
    pub inspected: String,
    /// The order that it is of, and how it was paid.
    pub returned_order: String,
    pub payment: String,
    /// The line that it is of.
    pub returned_line: String,
    /// What left of a third order.
    pub shipment: String,
    /// A line of `order`, of one tea.
    pub order_line: String,
    /// What keeps `waiting` from going on.
    pub hold: String,
    /// An order of a guest that waits for its card.
    pub waiting: Placed,
    /// A draft of one cup and a tea, and the line of its tea.
    pub draft: String,
    pub draft_line: String,
    pub spare_draft: String,
    /// That a guest waits for the incense.
    pub alert: String,
    pub webhook: String,
    /// What the webhook is to be sent.
    pub delivery: String,
    pub event: String,
}

impl Things {
    /// Makes what a tenant has. Both do the same, so that all has the same names.
    pub async fn of(tenant: &Tenant) -> Self {
        let guest = tenant.anonymous();
        let query = r#"{ product(by: { slug: "dates" }) { id variants { id } category { id } collections { id } } }"#;
        let dates = guest.run(query, json!({})).await["product"].take();
        let cart = guest.cart_ready(&[("TEA", 1), ("CUP", 1)], "CASH_ON_DELIVERY").await;
        let query = "query ($id: ID!) { cart(id: $id) { lines { id } deliveryMethod { id } } }";
        let there = guest.run(query, json!({ "id": cart })).await["cart"].take();
        let me = tenant.customer("layla").run("{ me { id } }", json!({})).await;
        let handed_in = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
        let query = "mutation ($input: CheckoutSubmitInput!) { checkoutSubmit(input: $input) { ticket { id } userErrors { code } } }";
        let input = json!({ "input": { "cart": handed_in, "idempotencyKey": guest.key() } });
        let ticket = guest.done(query, input).await["ticket"].take();
        let location = crate::inventory::ask::place(tenant, "riyadh").await;
        let elsewhere = crate::inventory::ask::place(tenant, "jeddah").await;
        let lines = json!([{ "variant": dates["variants"][0]["id"], "quantity": 1 }]);
        let ship = json!({ "from": location, "to": elsewhere, "lines": lines });
        let staff = tenant.staff_all();
        let transfer = crate::inventory::transfer::carry(&staff, "stockTransferShip", ship).await;
        let open = json!({ "location": location, "variants": [dates["variants"][0]["id"]] });
        let count = crate::inventory::count::count(&staff, "stockCountOpen", open).await;
        let to_decline = guest.cart_ready(&[("TEA", 1)], "CARD").await;
        let organisation = companies::company(tenant, "wadi").await;
        let unit = companies::unit(tenant, &organisation, "north", None).await;
        companies::join(tenant, &organisation, Some(&unit), &["layla"]).await;
        let buyer = companies::buying_for(tenant.customer("layla"), &organisation);
        crate::pricing::taxes::exempt::company_granted(tenant, &organisation).await;
        let order = buyer.order(&[("TEA", 1), ("DATES", 1)]).await;
        let waiting = guest.checkout_by_card(&to_decline, "tok_do_not_honour").await;
        let tried = webhook(&tenant.staff_all()).await;
        let sent = guest.order(&[("CUP", 1)]).await;
        tenant.make(&["orderConfirm", "orderAllocate", "orderShip"], &sent.id).await;
        let back = guest.order(&[("CUP", 2)]).await;
        tenant.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &back.id).await;
        let cup = crate::orders::ask::line_of(tenant, &back.id, "CUP").await;
        let wanted = crate::orders::returns::wanted(&back.id, &[(&cup, 1)]);
        let order_return = crate::orders::returns::told(&staff, "returnRequest", wanted).await;
        let names = json!([crate::catalog::external_skus::name("D-1", "DATES")]);
        crate::catalog::external_skus::set(&staff, "noon-sa", names, json!({})).await;
        crate::inventory::alerts::wish(tenant, &guest, "guest@customer.example").await;
        let whom = json!({ "customer": me["me"]["id"] });
        let draft = crate::cart::draft::ready_for(tenant, whom, &[("CUP", 1), ("TEA", 1)], "BANK_TRANSFER").await;
        let group = crate::identity::groups::group(tenant, "loyal", &["layla"]).await;
        let promotion = crate::pricing::promotions::ask::with_coupons(tenant, "mine", "5").await;
        let mine = json!({ "amount": "5.00", "code": "MINE-2026-0001", "customer": me["me"]["id"] });
        let (gift_card, code) = crate::payments::credit::ask::issue_with(tenant, mine).await;
        crate::payments::credit::ask::grant(tenant, "layla", "5.00").await;
        let spares = [guest.cart_ready(&[("CUP", 1)], "CARD").await, guest.cart_ready(&[("CUP", 2)], "CARD").await];
        for cart in spares.iter().chain([&cart]) {
            crate::payments::credit::ask::add(&guest, cart, &code).await;
        }
        let steps = json!({ "draft": draft["id"], "steps": [{ "giftCardAdd": { "code": code } }] });
        crate::fulfilment::ask::try_set(&staff, "draftOrderUpdate", "draft { id }", steps).await;
        let [spare, second_spare] = spares;
        let own = tenant.customer("layla").run("{ me { storeCredit { id } } }", json!({})).await;
        Self {
            gift_card,
            store_credit: text(&own["me"]["storeCredit"][0]["id"]),
            spare_unit: companies::unit(tenant, &organisation, "spare", None).await,
            organisation,
            unit,
            coupon: crate::pricing::promotions::ask::issue(tenant, &promotion, json!({ "code": "MINE-5" })).await,
            promotion,
            spare_draft: text(&crate::cart::draft::ready(tenant, &[("CUP", 1)], "CARD").await["id"]),
            draft: text(&draft["id"]),
            draft_line: text(&draft["cart"]["lines"][1]["id"]),
            order_return: text(&order_return["id"]),
            inspected: crate::orders::returns::returning(tenant, "INSPECTED", 1).await.0,
            payment: payment_of(&staff, &back.id).await,
            returned_order: back.id,
            returned_line: cup,
            shipment: crate::orders::ask::shipment_of(tenant, &sent.id).await,
            order_line: crate::orders::ask::line_of(tenant, &order.id, "TEA").await,
            hold: write_on(tenant, &waiting, &order).await,
            alert: text(&crate::inventory::alerts::all(tenant, json!({})).await[0]["id"]),
            webhook: text(&tried["webhook"]["id"]),
            delivery: text(&tried["id"]),
            event: text(&tried["event"]),
            product: text(&dates["id"]),
            variant: text(&dates["variants"][0]["id"]),
            category: text(&dates["category"]["id"]),
            collection: text(&dates["collections"][0]["id"]),
            customer: text(&me["me"]["id"]),
            tax_class: crate::pricing::taxes::ask::class(tenant, "mine").await,
            tax_rate: crate::pricing::taxes::ask::scheduled(tenant).await,
            tax_exemption: crate::pricing::taxes::exempt::granted(tenant).await,
            price_list: crate::pricing::ask::list(tenant, "sar").await,
            assignment: crate::pricing::ask::assigned(tenant, &group).await,
            group,
            line: text(&there["lines"][0]["id"]),
            second_line: text(&there["lines"][1]["id"]),
            delivery_method: text(&there["deliveryMethod"]["id"]),
            cart,
            ticket: text(&ticket["id"]),
            zone: crate::fulfilment::ask::zone(tenant, "kw").await,
            location,
            elsewhere,
            transfer: text(&transfer["transfer"]["id"]),
            count: text(&count["count"]["id"]),
            incense: tenant.variant("INCENSE").await,
            supply: crate::inventory::supply::announced(tenant, 9, "2026-04-01").await,
            spare,
            second_spare,
            order,
            waiting,
        }
    }

    /// All there is to see of them, for who may see everything.
    pub async fn seen_by(&self, staff: &Client, guest: &Client) -> Value {
        let carts = "query ($a: ID!, $b: ID!, $c: ID!) { a: cart(id: $a) { ...C } b: cart(id: $b) { ...C } c: cart(id: $c) { ...C } }
            fragment C on Cart { id state version email phone language { tag } paymentMethod { method } deliveryMethod { id }
            shippingAddress { name city } lines { id quantity variant { id } } totals { total { amount } } }";
        let carts = guest.run(carts, json!({ "a": self.cart, "b": self.spare, "c": self.second_spare })).await;
        let rest = "query ($customer: ID!) { orders { totalCount nodes { id number state version payment { status authorised { amount } }
            shipments { id } } } customers { totalCount nodes { id name email } }
            customerGroups { nodes { id version members { nodes { id } } } }
            organisations { nodes { id version units { id version } members { nodes { customer { id } unit { id } } } } }
            priceLists { nodes { id version rules { parent { id } } assignments { id } } }
            taxClasses { nodes { id version name } } taxRates { nodes { id } } taxExemptions { nodes { id endsAt } }
            promotions { nodes { id version name coupons { nodes { id revokedAt } } } }
            giftCards { nodes { id version isBlocked balance { amount } } } storeCredit(customer: $customer) { balance { amount } }
            products { nodes { id variants { id stock { location onHand reserved } } } } auditEntries { totalCount }
            webhooks { nodes { id name url isEnabled version } } webhookDeliveries { nodes { id state } } }";
        json!([carts, staff.run(rest, json!({ "customer": self.customer })).await])
    }
}

/// The id of the payment of an order.
async fn payment_of(staff: &Client, order: &str) -> String {
    let query = "query ($id: ID!) { order(by: { id: $id }) { payment { id } } }";
    text(&staff.run(query, json!({ "id": order })).await["order"]["payment"]["id"])
}

/// Holds an order and gives the hold's id; writes on another.
async fn write_on(tenant: &Tenant, held: &Placed, order: &Placed) -> String {
    let staff = tenant.staff_all();
    let query = r#"mutation ($held: ID!, $order: ID!, $key: String!) {
        orderHold(input: { order: $held, kind: STOCK, idempotencyKey: $key }) { order { holds { id } } }
        orderNoteAdd(input: { order: $order, text: "a note" }) { order { id } }
        orderTagsAdd(input: { order: $order, tags: ["gift"] }) { order { id } } }"#;
    let done = staff.run(query, json!({ "held": held.id, "order": order.id, "key": staff.key() })).await;
    text(&done["orderHold"]["order"]["holds"][0]["id"])
}

/// A webhook that is off, and what it is to be sent all the same.
async fn webhook(staff: &Client) -> Value {
    let create = "mutation ($input: WebhookCreateInput!) { webhookCreate(input: $input) {
        webhook { id } userErrors { code field } } }";
    let input = json!({ "name": "ERP", "url": NOWHERE, "isEnabled": false });
    let made = staff.done(create, json!({ "input": input })).await["webhook"]["id"].take();
    let test = "mutation ($input: WebhookTestInput!) { webhookTest(input: $input) {
        delivery { id event webhook { id } } userErrors { code field } } }";
    staff.done(test, json!({ "input": { "webhook": made } })).await["delivery"].take()
}

/// An id of the same kind that nobody has.
pub fn nobodys(id: &str) -> String {
    let (kind, _) = id.split_once('_').unwrap_or_else(|| panic!("not an id: {id}"));
    format!("{kind}_01h455vb4pex5vsknk084sn02q")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}
