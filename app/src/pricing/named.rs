//! What the things are called that explanations name.

use std::collections::{BTreeSet, HashSet};

use domain::pricing::{
    list::Step,
    named::{Called, Names},
};
use store::{Fault, Read};

use super::rows;
use crate::organisations;

/// What is called how of what the steps to prices name: one statement, and two more where prices were agreed on with
/// companies. A list that has no name is called by its code.
pub(crate) async fn names(read: &Read, steps: &[&Step]) -> Result<Names, Fault> {
    let (mut lists, mut companies, mut units) = (BTreeSet::new(), HashSet::new(), HashSet::new());
    for step in steps {
        lists.extend(step.list());
        if let Some((company, unit)) = step.contract() {
            companies.insert(company);
            units.extend(unit);
        }
    }
    let mut names = Names::default();
    if !lists.is_empty() {
        let called = rows::lists(read, lists).await?.into_iter().map(|row| {
            let code = Some(row.code).filter(|_| row.name_ar.is_none() && row.name_en.is_none());
            (row.id, Called { ar: row.name_ar, en: row.name_en.or(code) })
        });
        names.lists = called.collect();
    }
    if !companies.is_empty() {
        names.companies = organisations::called(read, companies).await?;
    }
    if !units.is_empty() {
        names.units = organisations::units_called(read, units).await?;
    }
    Ok(names)
}
