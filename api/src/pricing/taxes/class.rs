//! Tax classes.

use app::pricing::taxes::{AssignClass, CreateClass, UpdateClass};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    catalog::slug::Slug,
    invalid::{Check, Invalid},
};
use entity::pricing::tax_class;

use crate::graphql::{input, language};

/// A class of things that are taxed alike.
#[derive(Clone, Debug)]
pub struct TaxClass(pub tax_class::Model);

/// A class of things that are taxed alike. What has none is of the standard class.
#[Object]
impl TaxClass {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in imports, such as `medicines`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, in the reader's language.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.0.name_ar.as_deref(), self.0.name_en.as_deref(), None)
    }

    /// Grows with every change: pass it as `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

/// A tax class to make.
#[derive(InputObject, Clone, Debug)]
pub struct TaxClassCreateInput {
    /// Its name in imports: a-z, 0-9 and -; no other class has it.
    pub code: String,
    /// Arabic name; one of the two names is needed.
    pub name_ar: Option<String>,
    /// English name; one of the two names is needed.
    pub name_en: Option<String>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input makes it once.
    pub idempotency_key: Option<String>,
}

/// What changes of a tax class. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct TaxClassUpdateInput {
    /// The class.
    pub tax_class: ID,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// The class's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input changes it once.
    pub idempotency_key: Option<String>,
}

/// Of which tax class products are to be.
#[derive(InputObject, Clone, Debug)]
pub struct TaxClassAssignInput {
    /// The class; if left out or null, the standard one.
    pub tax_class: Option<ID>,
    /// The products, 200 at most, each once.
    pub products: Vec<ID>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input assigns once.
    pub idempotency_key: Option<String>,
}

impl TaxClassCreateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CreateClass, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "taxClassCreate", self.idempotency_key.as_deref(), &self);
        let code = check.field("code", Slug::parse(&self.code));
        let names = input::names(&mut check, self.name_ar, self.name_en);
        let is_dry_run = self.dry_run;
        check.done(code.zip(names).map(|(code, (name_ar, name_en))| CreateClass {
            code: code.as_str().to_owned(),
            name_ar,
            name_en,
            is_dry_run,
            once,
        }))
    }
}

impl TaxClassUpdateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<UpdateClass, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "taxClassUpdate", self.idempotency_key.as_deref(), &self);
        let class = check.field("taxClass", input::id(&self.tax_class));
        let name_ar = check.field("nameAr", input::name(self.name_ar));
        let name_en = check.field("nameEn", input::name(self.name_en));
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        check.done(class.zip(name_ar.zip(name_en)).map(|(class, (name_ar, name_en))| UpdateClass {
            class,
            name_ar,
            name_en,
            expected_version,
            is_dry_run,
            once,
        }))
    }
}

impl TaxClassAssignInput {
    /// Checks every field.
    pub fn parse(self) -> Result<AssignClass, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "taxClassAssign", self.idempotency_key.as_deref(), &self);
        let class = check.field("taxClass", self.tax_class.as_ref().map(input::id).transpose());
        let products = input::ids(&mut check, "products", self.products, input::MAX_ITEMS);
        let is_dry_run = self.dry_run;
        check.done(class.map(|class| AssignClass { class, products, is_dry_run, once }))
    }
}
