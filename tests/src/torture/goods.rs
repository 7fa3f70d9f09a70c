//! What is on sale: the shop of the fixture, with other products.

use std::{fmt::Write, fs, path::Path};

use rand::{RngExt, rngs::StdRng};

/// A product of one variant.
#[derive(Clone, Debug)]
pub(super) struct Goods {
    /// How it is told apart.
    pub(super) sku: String,
    /// Units at each of the fixture's three places; `web-sa` sells from all of them.
    pub(super) stock: [usize; 3],
}

impl Goods {
    /// So many units, at random places.
    pub(super) fn scattered(sku: String, units: usize, rng: &mut StdRng) -> Self {
        let first = rng.random_range(0..=units);
        let second = rng.random_range(0..=units - first);
        Self { sku, stock: [first, second, units - first - second] }
    }
}

/// Writes a folder for `qafila seed --from`.
pub(super) fn write(folder: &Path, goods: &[Goods]) {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixture");
    fs::create_dir_all(folder.join("departments")).unwrap();
    for file in ["shop.toml", "types.toml", "collections.toml"] {
        fs::copy(fixture.join(file), folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    let mut department = "[[category]]\nslug = \"torture\"\nname = { ar = \"تجربة\", en = \"Torture\" }\n".to_owned();
    for (n, Goods { sku, stock }) in goods.iter().enumerate() {
        let (slug, ean) = (sku.to_lowercase(), ean(n));
        write!(
            department,
            "[[product]]\nslug = \"{slug}\"\ntype = \"food\"\ncategory = \"torture\"\n\
             name = {{ ar = \"صنف {n}\", en = \"Product {n}\" }}\n\
             variants = [{{ sku = \"{sku}\", ean = \"{ean}\", sar = \"{price}.50\", grams = 100, stock = {stock:?} }}]\n",
            price = 10 + n,
        )
        .unwrap();
    }
    fs::write(folder.join("departments/torture.toml"), department).unwrap();
}

/// An EAN-13 with its check digit.
fn ean(n: usize) -> String {
    let digits = format!("6281998{n:05}");
    let weighed =
        digits.bytes().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight);
    format!("{digits}{}", (10 - weighed.sum::<u32>() % 10) % 10)
}
