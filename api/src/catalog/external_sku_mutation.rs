//! Mutations of what others call variants.

use std::collections::HashSet;

use app::{
    catalog::{
        self, ExternalSkuError, ExternalSkuLine, NAMES_MAX, NameRefusal, NameRefused, NameSet, NamesSet,
        SetExternalSkus,
    },
    cx::Cx,
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::{
    catalog::slug::Slug,
    identity::permission::{Proves, proof::ManageStock},
    invalid::{Check, Invalid, Problem, Wrong},
    text,
};

use super::{
    query::{VariantBy, failed},
    variant::ProductVariant,
};
use crate::{
    graphql::{
        code::ErrorCode,
        directive::{emits, requires},
        error::UserError,
        explain::{Explain, Explained, Said},
        input,
        language::Reading,
        loader::{self, AnyVariant},
        payload::{outcome, split, told},
    },
    i18n::Arg,
    inventory::input::StockOnFailure,
};

/// The most lines of one call.
const LINES_MAX: usize = 500;

/// The longest SKU of elsewhere, in characters.
const EXTERNAL_SKU_MAX: usize = 100;

/// What variants are to be called elsewhere.
#[derive(InputObject, Clone, Debug)]
pub struct ExternalSkusSetInput {
    /// Where: the code of a marketplace such as `noon-sa`, which you choose, or of a channel of yours; at most 100 of
    /// `a-z 0-9 -`.
    pub marketplace: String,
    /// What each SKU there is here: each once, 500 at most.
    pub lines: Vec<ExternalSkuLineInput>,
    /// What becomes of the good lines if others are bad.
    #[graphql(default)]
    pub on_failure: StockOnFailure,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets them once.
    pub idempotency_key: Option<String>,
}

/// What a SKU of elsewhere is here.
#[derive(InputObject, Clone, Debug)]
pub struct ExternalSkuLineInput {
    /// The SKU there, at most 100 characters, in the case given.
    pub external_sku: String,
    /// The variant here. If left out or null, the SKU there means nothing any more.
    pub variant: Option<VariantBy>,
}

/// What became of names that variants have elsewhere.
#[derive(SimpleObject, Clone, Debug)]
pub struct ExternalSkusPayload {
    /// The lines that were done, in the order of the input; with `dryRun` those that would be.
    pub results: Vec<ExternalSkuResult>,
    /// What is wrong, by line. With `REJECT_ALL` nothing was changed; with `SKIP_FAILED` these lines were left out.
    pub user_errors: Vec<UserError>,
}

/// A line that was done.
#[derive(SimpleObject, Clone, Debug)]
pub struct ExternalSkuResult {
    /// Its place in the input, from 0.
    pub line: i32,
    /// The SKU there.
    pub external_sku: String,
    /// The variant that it is here now; none if it means nothing any more.
    pub variant: Option<ProductVariant>,
    /// Whether it meant something else before.
    pub is_changed: bool,
}

/// Mutations of what others call variants.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExternalSkuMutation;

/// Mutations of what others call variants.
#[Object]
impl ExternalSkuMutation {
    /// Says which variants the SKUs of a marketplace, or of a channel with numbers of its own, are. One SKU there is one
    /// variant here, the one that was said last; a variant can have many. Refuses with `NOT_FOUND`, `CONFLICT` if
    /// somebody else sets the same SKU just now, and `TOO_LONG` if the variant has 200 names already, by line.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("external_sku.set".to_owned()),
        directive = emits::apply("external_sku.removed".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn external_skus_set(
        &self,
        ctx: &Context<'_>,
        input: ExternalSkusSetInput,
    ) -> async_graphql::Result<ExternalSkusPayload> {
        let cx: &Cx = ctx.cx();
        let work = async {
            let may = cx.permit()?;
            let (input, skipped) = input.parse()?;
            Ok::<_, ExternalSkuError>((catalog::set_external_skus(cx, may, input).await?, skipped))
        };
        let (done, mut user_errors) = split(outcome(cx, work).await?);
        let (NamesSet { done, refused }, skipped) = done.unwrap_or_default();
        user_errors.extend(told(cx, skipped.into_iter().map(Said::from)));
        user_errors.extend(told(cx, refused.into_iter().map(said)));
        Ok(ExternalSkusPayload { results: results(ctx, done).await?, user_errors })
    }
}

/// The lines that were done, with their variants.
async fn results(ctx: &Context<'_>, done: Vec<NameSet>) -> async_graphql::Result<Vec<ExternalSkuResult>> {
    let ids = done.iter().filter_map(|one| one.variant).map(AnyVariant).collect();
    let variants = loader::many(ctx, ids).await?;
    let shown = |one: NameSet| {
        let variant = one.variant.map(|id| {
            let row = variants.get(&AnyVariant(id)).cloned().map(ProductVariant);
            row.ok_or_else(|| failed(ctx, &store::Fault::new("a variant vanished")))
        });
        Ok(ExternalSkuResult {
            line: i32::try_from(one.line).unwrap_or(i32::MAX),
            external_sku: one.sku,
            variant: variant.transpose()?,
            is_changed: one.is_changed,
        })
    };
    done.into_iter().map(shown).collect()
}

impl ExternalSkusSetInput {
    /// Checks every field, and says what is wrong with lines that are skipped.
    fn parse(self) -> Result<(SetExternalSkus, Vec<Wrong>), Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "externalSkusSet", self.idempotency_key.as_deref(), &self);
        let marketplace = check.field("marketplace", Slug::parse(&self.marketplace));
        let lines = check.field("lines", input::at_most(self.lines, LINES_MAX)).unwrap_or_default();
        let (mut seen, mut good, mut wrong) = (HashSet::new(), Vec::new(), Vec::new());
        for (index, line) in lines.into_iter().enumerate() {
            match line.parse(index, &mut seen) {
                Ok(line) => good.push(line),
                Err(invalid) => wrong.extend(invalid.under(&index.to_string()).under("lines").wrong),
            }
        }
        let skips_failed = self.on_failure == StockOnFailure::SkipFailed;
        if !skips_failed && !wrong.is_empty() {
            check.here::<()>(Err(Invalid { wrong: std::mem::take(&mut wrong) }));
        }
        let input = check.done(marketplace.map(|marketplace| SetExternalSkus {
            marketplace: marketplace.as_str().to_owned(),
            lines: good,
            skips_failed,
            is_dry_run: self.dry_run,
            once,
        }))?;
        Ok((input, wrong))
    }
}

impl ExternalSkuLineInput {
    fn parse(self, line: usize, seen: &mut HashSet<String>) -> Result<ExternalSkuLine, Invalid> {
        let mut check = Check::default();
        let sku = check.field("externalSku", text::line(&self.external_sku, EXTERNAL_SKU_MAX));
        let variant = check.field("variant", self.variant.map(VariantBy::parse).transpose());
        if sku.as_ref().is_some_and(|sku| !seen.insert(sku.clone())) {
            check.wrong("externalSku", Problem::Duplicate);
        }
        check.done(sku.zip(variant).map(|(sku, variant)| ExternalSkuLine { line, sku, variant }))
    }
}

impl Explain for ExternalSkuError {
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
fn said(line: NameRefused) -> Said {
    let at =
        |code, field: &str| Said::code(code).path(vec!["lines".to_owned(), line.line.to_string(), field.to_owned()]);
    match line.why {
        NameRefusal::NoVariant => at(ErrorCode::NotFound, "variant"),
        NameRefusal::Conflict => at(ErrorCode::Conflict, "externalSku"),
        NameRefusal::TooMany => at(ErrorCode::TooLong, "variant").with("max", Arg::Number(NAMES_MAX)),
    }
}
