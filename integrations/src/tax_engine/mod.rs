//! The adapter to tax engines that speak the shop's own words: JSON by POST, signed as webhooks are. Whatever knows a
//! country's taxes can stand behind one.

pub mod wire;

use std::{collections::HashMap, fmt, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    outside::{HttpRequest, HttpResponse},
    pricing::tax::{
        Category, TaxRate, Treatment,
        engine::{Answer, Class, GOOD_FOR, GOOD_FOR_MAX, GOOD_FOR_MIN, NotAnswered, Question, TaxEngine, Taxpayer},
        reason::Reason,
    },
};

use sha2::{Digest, Sha256};

use crate::standard_webhooks::{self, Key};

/// A tax engine at an address.
#[derive(Clone)]
pub struct JsonEngine {
    url: String,
    key: Key,
}

/// Never shows its address: it may bear a secret.
impl fmt::Debug for JsonEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonEngine").finish_non_exhaustive()
    }
}

impl JsonEngine {
    /// The engine at an address that knows a key.
    pub const fn new(url: String, key: Key) -> Self {
        Self { url, key }
    }
}

impl TaxEngine for JsonEngine {
    fn ask(&self, question: &Question) -> HttpRequest {
        // It always serialises; were it not to, the engine would refuse the empty body.
        let body = serde_json::to_string(&asked(question)).unwrap_or_default();
        let at_seconds = question.at.millis().div_euclid(1000);
        // The same question of the same instant is the same message.
        let id = format!("msg_{}", URL_SAFE_NO_PAD.encode(Sha256::digest(&body)));
        let headers = vec![
            (standard_webhooks::ID, id.clone()),
            (standard_webhooks::TIMESTAMP, at_seconds.to_string()),
            (standard_webhooks::SIGNATURE, self.key.sign(&id, at_seconds, &body)),
        ];
        HttpRequest { url: self.url.clone(), headers, body }
    }

    fn answer(&self, question: &Question, answer: &HttpResponse) -> Result<Answer, NotAnswered> {
        let not = |why| NotAnswered { status: answer.status, is_down: false, why };
        if answer.status == 429 || 500 <= answer.status {
            return Err(NotAnswered { is_down: true, ..not("and is to be left alone") });
        }
        if answer.status != 200 {
            return Err(not("which is not 200"));
        }
        let said: wire::Answer = serde_json::from_str(&answer.body).map_err(|_| not("but not in its words"))?;
        let mut treatments = HashMap::with_capacity(said.taxes.len());
        for tax in said.taxes {
            // What nobody asked for is nobody's business.
            let Some(Class { id, .. }) = question.classes.iter().find(|class| class.code == tax.tax_class) else {
                continue;
            };
            let treatment = treatment(&tax).ok_or_else(|| not("but how something is taxed cannot be so"))?;
            if treatments.insert(*id, treatment).is_some() {
                return Err(not("but two things of one class"));
            }
        }
        let good_for = said.good_for_seconds.map_or(GOOD_FOR, Duration::from_secs).clamp(GOOD_FOR_MIN, GOOD_FOR_MAX);
        Ok(Answer { treatments, good_for })
    }
}

fn asked(question: &Question) -> wire::Question {
    let [region, city, postal_code] = question.to.written().clone();
    let (customer, organisation) = match question.taxpayer {
        Taxpayer::Guest => (None, None),
        Taxpayer::Customer(customer) => (Some(customer.to_string()), None),
        Taxpayer::Organisation(organisation) => (None, Some(organisation.to_string())),
    };
    wire::Question {
        channel: question.channel.clone(),
        from_country: question.from.as_str().to_owned(),
        to: wire::Place { country: question.to.country().as_str().to_owned(), region, city, postal_code },
        buyer: wire::Buyer { customer, organisation, tax_number: question.tax_number.clone() },
        tax_classes: question.classes.iter().map(|class| class.code.clone()).collect(),
        at: question.at.rfc3339(),
    }
}

/// How something is taxed; `None` if it cannot be taxed so.
fn treatment(tax: &wire::Tax) -> Option<Treatment> {
    let category = Category::parse(&tax.category)?;
    let rate = match (category, &tax.rate_percent) {
        (_, Some(percent)) => TaxRate::parse_percent(percent)?,
        (Category::Standard, None) => return None,
        (_, None) => TaxRate::from_bps(0),
    };
    let reason = tax.reason_code.as_deref().map(Reason::parse).transpose().ok()?;
    Treatment::new(category, rate, reason).ok()
}

#[cfg(test)]
mod tests;
