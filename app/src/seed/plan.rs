//! From files to rows, or to a list of what is wrong with the files.

use domain::{
    id::{
        Account, Attribute, Category, Channel, Collection, Id, Location, OptionValue, PriceList, ProductOption,
        ProductType, Tenant,
    },
    money::Currency,
    time::Instant,
};

use super::{
    categories, channels, companies, delivery,
    desk::{self, Desk},
    error::SeedError,
    files::Files,
    gift_cards,
    names::Names,
    people, products, promotions,
    rows::Rows,
    schema,
};

/// How much was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Channels.
    pub n_channels: usize,
    /// Categories.
    pub n_categories: usize,
    /// Products.
    pub n_products: usize,
    /// Variants.
    pub n_variants: usize,
    /// Accounts of customers and staff.
    pub n_accounts: usize,
}

/// A folder, ready to be written.
pub(super) struct Plan {
    /// The tenant's id, should it not be there yet.
    pub(super) tenant: Id<Tenant>,
    /// Its name in Arabic and in English.
    pub(super) name: (String, String),
    /// Everything else.
    pub(super) rows: Rows,
}

/// What is being planned.
pub(super) struct Work {
    pub(super) desk: Desk,
    pub(super) rows: Rows,
    pub(super) known: Known,
}

/// What the files have named so far.
pub(super) struct Known {
    pub(super) options: Names<Id<ProductOption>>,
    /// By `option/value`.
    pub(super) values: Names<Id<OptionValue>>,
    pub(super) attributes: Names<Id<Attribute>>,
    pub(super) types: Names<Kind>,
    pub(super) collections: Names<Id<Collection>>,
    pub(super) categories: Names<Node>,
    pub(super) lists: Names<List>,
    pub(super) locations: Names<Id<Location>>,
    /// The locations, in the order of the files.
    pub(super) places: Vec<Id<Location>>,
    pub(super) channels: Names<Sells>,
    /// The channels, in the order of the files.
    pub(super) sells: Vec<Sells>,
    pub(super) products: Names<()>,
    pub(super) skus: Names<()>,
    /// By e-mail address.
    pub(super) customers: Names<Id<Account>>,
}

/// A type of products.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) id: Id<ProductType>,
    /// Codes of its attributes, in their order.
    pub(super) attributes: Vec<String>,
}

/// A category.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) id: Id<Category>,
    pub(super) path: String,
    pub(super) level: i32,
}

/// A price list.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    pub(super) id: Id<PriceList>,
    pub(super) currency: Currency,
}

/// A channel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sells {
    pub(super) id: Id<Channel>,
    pub(super) list: List,
}

impl Work {
    fn at(now: Instant) -> Self {
        let known = Known {
            options: Names::of("option"),
            values: Names::of("option value"),
            attributes: Names::of("attribute"),
            types: Names::of("type"),
            collections: Names::of("collection"),
            categories: Names::of("category"),
            lists: Names::of("price list"),
            locations: Names::of("location"),
            places: Vec::new(),
            channels: Names::of("channel"),
            sells: Vec::new(),
            products: Names::of("product"),
            skus: Names::of("variant"),
            customers: Names::of("customer"),
        };
        Self { desk: Desk::at(now), rows: Rows::default(), known }
    }
}

/// Makes rows of what was read. Hashes passwords, so it holds its thread for a while.
pub(super) fn plan(files: &Files, now: Instant) -> Result<Plan, SeedError> {
    let mut work = Work::at(now);
    let tenant = work.desk.id();
    let (ar, en) = work.desk.name(desk::shop("tenant", "the tenant"), "name", &files.shop.tenant.name);
    schema::plan(&mut work, files);
    channels::plan(&mut work, &files.shop);
    for (file, department) in &files.departments {
        categories::plan(&mut work, file, &department.category);
    }
    for (file, department) in &files.departments {
        products::plan(&mut work, file, &department.product);
    }
    date(&mut work);
    delivery::plan(&mut work, &files.shop);
    promotions::plan(&mut work, &files.shop.promotion);
    people::plan(&mut work, &files.shop)?;
    companies::plan(&mut work, &files.shop);
    gift_cards::plan(&mut work, &files.shop.gift_card);

    let wrong = work.desk.into_wrong();
    if !wrong.is_empty() {
        return Err(SeedError::Wrong(wrong));
    }
    let name = (ar.clone().or_else(|| en.clone()).unwrap_or_default(), en.or(ar).unwrap_or_default());
    Ok(Plan { tenant, name, rows: work.rows })
}

/// Dates the products a millisecond apart, the last of them now.
fn date(work: &mut Work) {
    let mut at = work.desk.now;
    for product in work.rows.products.iter_mut().rev() {
        product.created_at = sea_orm::Set(at);
        at = Instant::from_millis(at.millis().saturating_sub(1));
    }
}
