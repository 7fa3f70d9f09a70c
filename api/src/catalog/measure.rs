//! How much is in variants, and what a kilogram or a litre of them costs.

use app::{
    catalog::{self, MeasureError, MeasureRefusal, SetMeasures},
    cx::Cx,
};
use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use domain::{
    catalog::measure::{self, Content, Unit},
    identity::permission::{Proves, proof::ManagePrices},
    invalid::{Check, Invalid},
    money,
};
use entity::catalog::variant;

use super::{
    query::{VariantBy, failed},
    variant::ProductVariant,
};
use crate::graphql::{
    code::ErrorCode,
    directive::{emits, requires},
    error::UserError,
    explain::{Explain, Explained, Said},
    input,
    language::Reading,
    loader::{self, AnyVariant},
    money::Money,
    payload::{outcome, split},
};

/// The most variants of one call.
const LINES_MAX: usize = 500;

/// In what something is measured.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Unit")]
pub enum MeasureUnit {
    /// Milligrams, of a mass.
    Milligram,
    /// Grams, of a mass.
    Gram,
    /// Kilograms, of a mass.
    Kilogram,
    /// Millilitres, of a volume.
    Millilitre,
    /// Centilitres, of a volume.
    Centilitre,
    /// Litres, of a volume.
    Litre,
    /// Cubic metres, of a volume.
    CubicMetre,
    /// Millimetres, of a length.
    Millimetre,
    /// Centimetres, of a length.
    Centimetre,
    /// Metres, of a length.
    Metre,
    /// Square centimetres, of an area.
    SquareCentimetre,
    /// Square metres, of an area.
    SquareMetre,
    /// Pieces, of a count.
    Piece,
}

/// So much of something.
#[derive(SimpleObject, Clone, Debug)]
pub struct Measurement {
    /// How many units: a decimal number such as `0.75`.
    pub quantity: String,
    /// The unit.
    pub unit: MeasureUnit,
}

impl From<Content> for Measurement {
    fn from(content: Content) -> Self {
        Self { quantity: content.quantity().to_string(), unit: content.unit().into() }
    }
}

/// How much is in a variant, and for how much of it its price is told.
#[derive(SimpleObject, Clone, Debug)]
pub struct VariantMeasure {
    /// How much is in it.
    pub content: Measurement,
    /// For how much of it the price is told.
    pub reference: Measurement,
}

impl From<measure::Measure> for VariantMeasure {
    fn from(measure: measure::Measure) -> Self {
        Self { content: measure.content().into(), reference: measure.reference().into() }
    }
}

/// What so much of something costs, to compare it with others.
#[derive(SimpleObject, Clone, Debug)]
pub struct UnitPrice {
    /// The price of this much, rounded half up; with tax where the price includes it.
    pub price: Money,
    /// How much.
    pub per: Measurement,
}

/// How much is in a variant, if that is said.
pub fn measure_of(ctx: &Context<'_>, row: &variant::Model) -> async_graphql::Result<Option<measure::Measure>> {
    catalog::measure_of(row).map_err(|fault| failed(ctx, &fault))
}

/// What the reference of a measure costs, where a piece costs this, if that can be told.
pub fn unit_price(measure: Option<measure::Measure>, price: money::Money) -> Option<UnitPrice> {
    let measure = measure?;
    Some(UnitPrice { price: Money(measure.unit_price(price)?), per: measure.reference().into() })
}

/// How much is in variants.
#[derive(InputObject, Clone, Debug)]
pub struct VariantMeasuresSetInput {
    /// In which: each once, 500 at most.
    pub lines: Vec<VariantMeasureLineInput>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets them once.
    pub idempotency_key: Option<String>,
}

/// How much is in a variant.
#[derive(InputObject, Clone, Debug)]
pub struct VariantMeasureLineInput {
    /// In which.
    pub variant: VariantBy,
    /// How much; if left out or null, its price is told for no quantity any more.
    pub measure: Option<VariantMeasureInput>,
}

/// How much is in a variant, and for how much of it its price is told.
#[derive(InputObject, Clone, Debug)]
pub struct VariantMeasureInput {
    /// How much is in it.
    pub content: MeasurementInput,
    /// For how much of it the price is told, of the same dimension; if left out, for 1 kilogram, litre, metre, square metre
    /// or piece.
    pub reference: Option<MeasurementInput>,
}

/// So much of something.
#[derive(InputObject, Clone, Debug)]
pub struct MeasurementInput {
    /// How many units: a decimal number above 0 and 1000000 at most, with three fraction digits at most.
    pub quantity: String,
    /// The unit.
    pub unit: MeasureUnit,
}

/// Variants in which it was said how much is in them, or why it was not.
#[derive(SimpleObject, Clone, Debug)]
pub struct VariantMeasuresPayload {
    /// The variants, in the order of the input; none if it was refused, and with `dryRun`.
    pub variants: Vec<ProductVariant>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of how much is in variants.
#[derive(Clone, Copy, Debug, Default)]
pub struct MeasureMutation;

/// Mutations of how much is in variants.
#[Object]
impl MeasureMutation {
    /// Says how much is in variants, so that their prices are told per kilogram, litre, metre, square metre or piece as well:
    /// all or, by failing, none. Orders keep what was said when they were placed. Refuses, by line, with `NOT_FOUND`,
    /// `DUPLICATE`, `INVALID_MEASURE`, `OTHER_DIMENSION` or `REFERENCE_TOO_LARGE`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("variant.measure_set".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn variant_measures_set(
        &self,
        ctx: &Context<'_>,
        input: VariantMeasuresSetInput,
    ) -> async_graphql::Result<VariantMeasuresPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { catalog::set_measures(cx, cx.permit()?, input.parse()?).await });
        let (ids, user_errors) = split(done.await?);
        let ids: Vec<_> = ids.flatten().unwrap_or_default().into_iter().map(AnyVariant).collect();
        let mut found = loader::many(ctx, ids.clone()).await?;
        let variants = ids.iter().filter_map(|id| found.remove(id)).map(ProductVariant).collect();
        Ok(VariantMeasuresPayload { variants, user_errors })
    }
}

impl VariantMeasuresSetInput {
    fn parse(self) -> Result<SetMeasures, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "variantMeasuresSet", self.idempotency_key.as_deref(), &self);
        let given = check.field("lines", input::at_most(self.lines, LINES_MAX)).unwrap_or_default();
        let mut lines = Vec::with_capacity(given.len());
        for (index, line) in given.into_iter().enumerate() {
            let mut of_line = Check::default();
            let variant = of_line.field("variant", line.variant.parse());
            let measure = line.measure.map(|measure| of_line.nested("measure", measure.parse()));
            let measure = measure.map_or(Some(None), |measure| measure.map(Some));
            let parsed = of_line.done(variant.zip(measure)).map_err(|invalid| invalid.under(&index.to_string()));
            lines.extend(check.nested("lines", parsed));
        }
        check.done(Some(SetMeasures { lines, is_dry_run: self.dry_run, once }))
    }
}

impl VariantMeasureInput {
    fn parse(self) -> Result<measure::Measure, Invalid> {
        let mut check = Check::default();
        let content = check.nested("content", self.content.parse());
        let reference = self.reference.map(|reference| check.nested("reference", reference.parse()));
        let reference = reference.map_or(Some(None), |reference| reference.map(Some));
        let parsed = content.zip(reference).map(|(content, reference)| measure::Measure::new(content, reference));
        let parsed = parsed.and_then(|parsed| check.here(parsed));
        check.done(parsed)
    }
}

impl MeasurementInput {
    fn parse(self) -> Result<Content, Invalid> {
        Content::parse(&self.quantity, self.unit.into()).map_err(|problem| Invalid::at("quantity", problem))
    }
}

impl Explain for MeasureError {
    fn explain(self) -> Explained {
        match self {
            Self::Refused(lines) => Explained::Refused(lines.into_iter().map(said).collect()),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

/// Why a line was refused, at its path.
fn said((line, why): (usize, MeasureRefusal)) -> Said {
    let code = match why {
        MeasureRefusal::NoVariant => ErrorCode::NotFound,
        MeasureRefusal::Twice => ErrorCode::Duplicate,
    };
    Said::code(code).at("lines").at(&line.to_string()).at("variant")
}
