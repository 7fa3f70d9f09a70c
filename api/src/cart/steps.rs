//! The steps that change a cart, as inputs.

use app::cart::{Step, Wish};
use async_graphql::{ID, InputObject, OneofObject};
use domain::{
    cart::quantity::Quantity,
    id::{CartLine, Id},
    identity::{email::Email, phone::Phone},
    invalid::{Check, Invalid, Problem},
    payments::credit::code::GiftCardCode,
    pricing::promotions::code::CouponCode,
};

use super::{address::AddressInput, cart::PaymentMethod};
use crate::graphql::input;

/// A variant to put into a cart.
#[derive(InputObject, Clone, Debug)]
pub struct CartLineInput {
    /// Which.
    pub variant: ID,
    /// How many: 1 to 999.
    pub quantity: i64,
}

/// A new quantity for a line.
#[derive(InputObject, Clone, Debug)]
pub struct CartLineUpdateInput {
    /// The line.
    pub line: ID,
    /// How many: 1 to 999.
    pub quantity: i64,
}

/// Lines to put in.
#[derive(InputObject, Clone, Debug)]
pub struct LinesAddStep {
    /// The lines, 200 at most.
    pub lines: Vec<CartLineInput>,
}

/// Lines to change.
#[derive(InputObject, Clone, Debug)]
pub struct LinesUpdateStep {
    /// The lines, 200 at most.
    pub lines: Vec<CartLineUpdateInput>,
}

/// Lines to take out.
#[derive(InputObject, Clone, Debug)]
pub struct LinesRemoveStep {
    /// The lines, 200 at most.
    pub lines: Vec<ID>,
}

/// Who hears of the order.
#[derive(InputObject, Clone, Debug)]
pub struct ContactSetStep {
    /// E-mail address.
    pub email: String,
    /// Telephone number in international form.
    pub phone: Option<String>,
}

/// Where to deliver.
#[derive(InputObject, Clone, Debug)]
pub struct ShippingAddressSetStep {
    /// The address.
    pub address: AddressInput,
}

/// How to deliver.
#[derive(InputObject, Clone, Debug)]
pub struct DeliveryMethodSetStep {
    /// One of the cart's `deliveryOptions`.
    pub delivery_method: ID,
}

/// How to pay.
#[derive(InputObject, Clone, Debug)]
pub struct PaymentMethodSetStep {
    /// One of the cart's `paymentOptions`.
    pub payment_method: PaymentMethod,
}

/// The language of the order.
#[derive(InputObject, Clone, Debug)]
pub struct LanguageSetStep {
    /// BCP 47 tag of a language of the channel.
    pub language: String,
}

/// A coupon to put in.
#[derive(InputObject, Clone, Debug)]
pub struct CouponAddStep {
    /// What is written on it.
    pub code: String,
}

/// A coupon to take out.
#[derive(InputObject, Clone, Debug)]
pub struct CouponRemoveStep {
    /// What is written on it.
    pub code: String,
}

/// A gift card to pay with.
#[derive(InputObject, Clone, Debug)]
pub struct GiftCardAddStep {
    /// What is written on it.
    pub code: String,
}

/// A gift card not to pay with.
#[derive(InputObject, Clone, Debug)]
pub struct GiftCardRemoveStep {
    /// One of the cart's `giftCards`.
    pub gift_card: ID,
}

/// Whether to pay with store credit.
#[derive(InputObject, Clone, Debug)]
pub struct StoreCreditSetStep {
    /// Whether to pay with the customer's store credit.
    #[graphql(name = "use")]
    pub uses: bool,
    /// How much of it at most, as a decimal string in the cart's currency, above zero; left out: as much as there is.
    pub max_amount: Option<String>,
}

/// One change of a cart.
#[derive(OneofObject, Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "an input is parsed once and dropped")]
pub enum CartStep {
    /// Puts variants in.
    LinesAdd(LinesAddStep),
    /// Sets quantities.
    LinesUpdate(LinesUpdateStep),
    /// Takes lines out.
    LinesRemove(LinesRemoveStep),
    /// Sets who hears of the order.
    ContactSet(ContactSetStep),
    /// Sets where it is delivered to.
    ShippingAddressSet(ShippingAddressSetStep),
    /// Sets how it is delivered.
    DeliveryMethodSet(DeliveryMethodSetStep),
    /// Sets how it is paid.
    PaymentMethodSet(PaymentMethodSetStep),
    /// Sets the language of the order.
    LanguageSet(LanguageSetStep),
    /// Puts a coupon in.
    CouponAdd(CouponAddStep),
    /// Takes a coupon out.
    CouponRemove(CouponRemoveStep),
    /// Has it be paid with a gift card, as far as that goes.
    GiftCardAdd(GiftCardAddStep),
    /// Has it not be paid with a gift card any more.
    GiftCardRemove(GiftCardRemoveStep),
    /// Has it be paid with store credit, as far as that goes, or not any more.
    StoreCreditSet(StoreCreditSetStep),
}

impl CartStep {
    /// Its name in the input, for paths.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::LinesAdd(_) => "linesAdd",
            Self::LinesUpdate(_) => "linesUpdate",
            Self::LinesRemove(_) => "linesRemove",
            Self::ContactSet(_) => "contactSet",
            Self::ShippingAddressSet(_) => "shippingAddressSet",
            Self::DeliveryMethodSet(_) => "deliveryMethodSet",
            Self::PaymentMethodSet(_) => "paymentMethodSet",
            Self::LanguageSet(_) => "languageSet",
            Self::CouponAdd(_) => "couponAdd",
            Self::CouponRemove(_) => "couponRemove",
            Self::GiftCardAdd(_) => "giftCardAdd",
            Self::GiftCardRemove(_) => "giftCardRemove",
            Self::StoreCreditSet(_) => "storeCreditSet",
        }
    }

    /// Checks every field. `offered` are the channel's languages.
    pub fn parse(self, offered: &[domain::language::Language]) -> Result<Step, Invalid> {
        match self {
            Self::LinesAdd(step) => Ok(Step::LinesAdd(wishes(step.lines)?)),
            Self::LinesUpdate(step) => Ok(Step::LinesUpdate(each(step.lines, |line| update(&line))?)),
            Self::LinesRemove(step) => Ok(Step::LinesRemove(each(step.lines, |line| {
                input::id(&line).map_err(|problem| Invalid { wrong: vec![at_root(problem)] })
            })?)),
            Self::ContactSet(step) => contact(step),
            Self::ShippingAddressSet(step) => {
                Ok(Step::AddressSet(Box::new(step.address.parse().map_err(|invalid| invalid.under("address"))?)))
            }
            Self::DeliveryMethodSet(step) => {
                let method = input::id(&step.delivery_method);
                method.map(Step::DeliverySet).map_err(|problem| Invalid::at("deliveryMethod", problem))
            }
            Self::PaymentMethodSet(step) => Ok(Step::PaymentSet(step.payment_method.into())),
            Self::CouponAdd(step) => coupon(&step.code).map(Step::CouponAdd),
            Self::CouponRemove(step) => coupon(&step.code).map(Step::CouponRemove),
            Self::GiftCardAdd(step) => {
                let code = GiftCardCode::parse(&step.code);
                code.map(Step::GiftCardAdd).map_err(|problem| Invalid::at("code", problem))
            }
            Self::GiftCardRemove(step) => {
                let card = input::id(&step.gift_card);
                card.map(Step::GiftCardRemove).map_err(|problem| Invalid::at("giftCard", problem))
            }
            Self::StoreCreditSet(step) => Ok(Step::StoreCreditSet(step.uses.then_some(step.max_amount))),
            Self::LanguageSet(step) => {
                let language = domain::language::Language::parse(&step.language).filter(|one| offered.contains(one));
                let refused = || Invalid::at("language", Problem::UnsupportedLanguage);
                language.map(Step::LanguageSet).ok_or_else(refused)
            }
        }
    }
}

fn coupon(code: &str) -> Result<CouponCode, Invalid> {
    CouponCode::parse(code).map_err(|problem| Invalid::at("code", problem))
}

/// Variants to put in.
pub fn wishes(lines: Vec<CartLineInput>) -> Result<Vec<Wish>, Invalid> {
    each(lines, |line| {
        let mut check = Check::default();
        let variant = check.field("variant", input::id(&line.variant));
        let quantity = check.field("quantity", Quantity::parse(line.quantity));
        check.done(variant.zip(quantity).map(|(variant, quantity)| Wish { variant, quantity }))
    })
}

fn update(line: &CartLineUpdateInput) -> Result<(Id<CartLine>, Quantity), Invalid> {
    let mut check = Check::default();
    let id = check.field("line", input::id(&line.line));
    let quantity = check.field("quantity", Quantity::parse(line.quantity));
    check.done(id.zip(quantity))
}

fn contact(step: ContactSetStep) -> Result<Step, Invalid> {
    let mut check = Check::default();
    let email = check.field("email", Email::parse(&step.email));
    let phone = step.phone.map(|phone| check.field("phone", Phone::parse(&phone)));
    check.done(email.map(|email| Step::ContactSet(email, phone.flatten())))
}

/// Parses the items of `lines`, each at its place.
fn each<T, P>(items: Vec<T>, parse: impl Fn(T) -> Result<P, Invalid>) -> Result<Vec<P>, Invalid> {
    let items = input::items(items).map_err(|problem| Invalid::at("lines", problem))?;
    let mut check = Check::default();
    let mut parsed = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        let item = parse(item).map_err(|invalid| invalid.under(&index.to_string()));
        parsed.extend(check.nested("lines", item));
    }
    check.done(Some(parsed))
}

fn at_root(problem: Problem) -> domain::invalid::Wrong {
    domain::invalid::Wrong { path: Vec::new(), problem }
}
