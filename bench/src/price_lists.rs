//! Many lists of prices: what a page of variants and a cart cost a buyer who has a list of their own, in a shop of few such
//! lists and in one of many.

use std::{fs, time::Instant};

use clap::Args;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::process::Child;

use crate::{
    median,
    server::{SKU, Site},
    shop::Shop,
};

/// How much is measured.
#[derive(Args, Debug)]
pub struct Options {
    /// Customer groups in the shop of many, each with a list of its own
    #[arg(long, default_value_t = 20_000)]
    lists: u32,
    /// The same in the shop of few
    #[arg(long, default_value_t = 20)]
    few: u32,
    /// Variants that are sold
    #[arg(long, default_value_t = 100_000)]
    variants: u32,
    /// Prices that each list has of its own; the others follow from the base list
    #[arg(long, default_value_t = 50)]
    overrides: u32,
    /// How many buyers, each in another group
    #[arg(long, default_value_t = 20)]
    buyers: u32,
    /// How often each asks for each thing
    #[arg(long, default_value_t = 10)]
    times: usize,
}

/// What is asked for, and what it is called.
const ASKED: [(&str, &str); 2] = [
    (
        "a page of 100 variants",
        "query { products(page: { first: 100 }) { nodes { variants { id pricing { price { amount } } } } } }",
    ),
    ("a cart of 100 lines", "query ($cart: ID!) { cart(id: $cart) { totals { total { amount } } lines { id } } }"),
];

/// A shop of so many lists, and who buys there.
struct Side {
    site: Site,
    server: Child,
    buyer: Shop,
    cart: Value,
    lists: u32,
    /// Milliseconds of each answer, of each thing that is asked for.
    took: [Vec<f64>; 2],
}

/// Measures, and prints milliseconds, memory and storage.
///
/// Two databases on one PostgreSQL with a server each, asked in turn. The rows are written by SQL: what is measured is
/// reading them.
pub async fn run(postgres: &str, options: &Options) {
    let mut sides = [
        Side::make(postgres, ("few", options.few), options).await,
        Side::make(postgres, ("many", options.lists), options).await,
    ];
    let [few_at_first, many_at_first] = [sides[0].resident(), sides[1].resident()];
    for n in 0..options.buyers {
        for side in &mut sides {
            side.measure(n, options).await;
        }
    }
    let [few, many] = sides;
    for (index, (what, _)) in ASKED.iter().enumerate() {
        let (with_few, with_many) = (median(&few.took[index]), median(&many.took[index]));
        println!(
            "{what}: {with_few:.1} ms with {} lists, {with_many:.1} ms with {}: {:.2} times as long",
            few.lists,
            many.lists,
            with_many / with_few
        );
    }
    println!("resident: {} kB, then {} kB with {} lists", few_at_first, few.resident(), few.lists);
    println!("resident: {} kB, then {} kB with {} lists", many_at_first, many.resident(), many.lists);
    let (small, large) = (few.stored().await, many.stored().await);
    let more = i64::from(many.lists - few.lists);
    println!("stored: {small} bytes of lists and groups, then {large}: {} bytes a list", (large - small) / more);
    for mut side in [few, many] {
        side.server.kill().await.expect("it ends");
    }
}

impl Side {
    async fn make(postgres: &str, (name, lists): (&str, u32), options: &Options) -> Self {
        let site = Site::make(postgres, name).await;
        fill(&site, lists, options).await;
        let server = site.start().await;
        let shop = Shop::new(site.address(), 1);
        let buyer = shop.signed_in("layla@customer.example").await;
        let cart = cart(&buyer).await;
        Self { site, server, buyer, cart, lists, took: Default::default() }
    }

    /// Has the buyer be in one of the groups, and ask.
    async fn measure(&mut self, n: u32, options: &Options) {
        let group = 1 + n * (self.lists / options.buyers).max(1) % self.lists;
        let sql = format!(
            "UPDATE customer_group_member SET group_id = md5('g{group}')::uuid WHERE account_id = \
             (SELECT id FROM account WHERE email = 'layla@customer.example')"
        );
        execute(&self.site, &[sql]).await;
        for (took, (_, query)) in self.took.iter_mut().zip(ASKED) {
            // What is asked for the first time is read from disk.
            self.buyer.ask(query, json!({ "cart": self.cart })).await;
            for _ in 0..options.times {
                let begun = Instant::now();
                self.buyer.ask(query, json!({ "cart": self.cart })).await;
                took.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
        }
    }

    /// What the server holds of the memory itself, kB.
    fn resident(&self) -> u64 {
        let id = self.server.id().expect("a server that runs");
        let status = fs::read_to_string(format!("/proc/{id}/status")).expect("its status");
        let held = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).expect("what it holds");
        held.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// What lists, their prices, groups and who buys by which take on disk, with their indexes, bytes.
    async fn stored(&self) -> i64 {
        let mut conn = PgConnection::connect(&self.site.url).await.expect("the database");
        let sql = "SELECT SUM(pg_total_relation_size(t::regclass))::bigint FROM unnest(ARRAY['price_list', 'list_price', \
                   'price_list_assignment', 'customer_group', 'customer_group_member']) t";
        sqlx::query_scalar(sql).fetch_one(&mut conn).await.expect("a sum")
    }
}

/// Writes variants like the one that is sold, groups, and for each group a list: 12 % less than the base list, up to the next
/// .95, with some prices of its own. The customer is in the first group.
async fn fill(site: &Site, lists: u32, options: &Options) {
    let Options { variants, overrides, .. } = options;
    let hot = format!("SELECT v.id FROM variant v WHERE v.sku = '{SKU}'");
    execute(
        site,
        &[
            format!(
                "INSERT INTO product (tenant_id, id, slug, product_type_id, category_id, name_ar, name_en, search_text, \
                 created_at) SELECT p.tenant_id, md5('p' || n)::uuid, 'p' || n, p.product_type_id, p.category_id, p.name_ar, \
                 p.name_en, p.search_text, p.created_at FROM product p, generate_series(1, {variants}) n WHERE p.slug = 'hot'"
            ),
            format!(
                "INSERT INTO variant (tenant_id, id, product_id, sku, gtin, weight_grams, position) SELECT v.tenant_id, \
                 md5('v' || n)::uuid, md5('p' || n)::uuid, 'V' || n, v.gtin, v.weight_grams, v.position FROM variant v, \
                 generate_series(1, {variants}) n WHERE v.id = ({hot})"
            ),
            format!(
                "INSERT INTO publication SELECT b.tenant_id, b.channel_id, md5('p' || n)::uuid, b.published_at, \
                 b.lowest_minor FROM publication b, generate_series(1, {variants}) n WHERE b.product_id = \
                 (SELECT product_id FROM variant WHERE id = ({hot}))"
            ),
            format!(
                "INSERT INTO list_price SELECT l.tenant_id, l.price_list_id, md5('v' || n)::uuid, l.starts_at, \
                 l.is_temporary, l.ends_at, l.amount_minor + n % 5000, l.was_minor, l.tiers FROM list_price l, \
                 generate_series(1, {variants}) n WHERE l.variant_id = ({hot})"
            ),
        ],
    )
    .await;
    let mut server = site.start().await;
    let staff = Shop::new(site.address(), 1).signed_in("all@staff.example").await;
    template(&staff).await;
    server.kill().await.expect("it ends");
    let template = "price_list t, generate_series";
    execute(
        site,
        &[
            format!(
                "INSERT INTO customer_group SELECT t.tenant_id, md5('g' || n)::uuid, 'g' || n, NULL, 'Group', 1 \
                 FROM {template}(1, {lists}) n WHERE t.code = 'template'"
            ),
            format!(
                "INSERT INTO price_list (tenant_id, id, code, currency, name_en, rules) SELECT t.tenant_id, \
                 md5('l' || n)::uuid, 'l' || n, t.currency, 'List', t.rules FROM {template}(1, {lists}) n \
                 WHERE t.code = 'template'"
            ),
            format!(
                "INSERT INTO price_list_assignment (tenant_id, id, price_list_id, group_id, priority, countries) \
                 SELECT t.tenant_id, md5('a' || n)::uuid, md5('l' || n)::uuid, md5('g' || n)::uuid, 0, '' \
                 FROM {template}(1, {lists}) n WHERE t.code = 'template'"
            ),
            format!(
                "INSERT INTO list_price (tenant_id, price_list_id, variant_id, starts_at, is_temporary, amount_minor, tiers) \
                 SELECT t.tenant_id, md5('l' || n)::uuid, md5('v' || (1 + (n * 7919 + m * 104729) % {variants}))::uuid, 0, \
                 FALSE, 900 + m, '[]' FROM {template}(1, {lists}) n, generate_series(1, {overrides}) m \
                 WHERE t.code = 'template' ON CONFLICT DO NOTHING"
            ),
            "INSERT INTO customer_group_member SELECT tenant_id, md5('g1')::uuid, id FROM account \
             WHERE email = 'layla@customer.example'"
                .to_owned(),
            "ANALYZE".to_owned(),
        ],
    )
    .await;
}

/// Makes the list that the others are like.
async fn template(staff: &Shop) {
    let base = staff.ask("{ priceList(by: { code: \"sar\" }) { id } }", json!({})).await["priceList"]["id"].take();
    let rounding = json!({ "toward": "UP", "step": "1", "ending": "0.95" });
    let rule = json!({ "parent": base, "adjustmentPercent": "-12", "rounding": rounding });
    let create = "mutation ($input: PriceListCreateInput!) { priceListCreate(input: $input) {
        priceList { id } userErrors { code field } } }";
    staff.done(create, json!({ "code": "template", "nameEn": "List", "currencyCode": "SAR", "rule": rule })).await;
}

/// A cart of a hundred variants.
async fn cart(buyer: &Shop) -> Value {
    let page = buyer.ask(ASKED[0].1, json!({})).await;
    let products = page["products"]["nodes"].as_array().expect("products");
    let line = |product: &Value| json!({ "variant": product["variants"][0]["id"], "quantity": 1 });
    let lines: Vec<_> = products.iter().map(line).collect();
    assert_eq!(lines.len(), 100, "a page of products");
    let create =
        "mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { code } } }";
    buyer.done(create, json!({ "lines": lines })).await["cart"]["id"].take()
}

async fn execute(site: &Site, statements: &[String]) {
    let mut conn = PgConnection::connect(&site.url).await.expect("the database");
    for sql in statements {
        sqlx::query(AssertSqlSafe(sql.as_str()))
            .execute(&mut conn)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}
