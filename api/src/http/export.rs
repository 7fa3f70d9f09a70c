//! `GET /export/orders`: all orders that match, as a file that is written while it is read.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use app::{
    channels,
    cx::{Cx, Request},
    orders::{self, list::Wanted},
    refusal::Denied,
};
use axum::{
    body::{Body, Bytes},
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{
    id::{self, Id},
    identity::permission::proof::ReadOrders,
    orders::state::State as OrderState,
    time::Instant,
};
use futures_util::stream;
use store::{Cursor, Fault};

use super::{Shared, admit, reply::Refused};
use crate::{graphql::code::ErrorCode, i18n::Arg, orders::export::Format};

/// Answers a GET.
pub(crate) async fn orders(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Query(params): Query<BTreeMap<String, String>>,
) -> Response {
    match begin(&shared, &headers, params).await {
        Ok(response) => response,
        Err(refused) => refused.into_response(),
    }
}

async fn begin(shared: &Shared, headers: &HeaderMap, params: BTreeMap<String, String>) -> Result<Response, Refused> {
    // A place is held while the database is asked, not while somebody takes their time to read.
    let _place = shared.room.try_acquire().map_err(|_| Refused::new(admit::spoken(headers), ErrorCode::Overloaded))?;
    let cx = admit::admit(shared, headers).await?;
    cx.permit::<ReadOrders>().map_err(|denied| refused_by(&cx, denied))?;
    let channels = channels::all(&cx.read()).await.map_err(|fault| failed(&cx, &fault))?;
    let channels: HashMap<_, _> = channels.into_iter().map(|row| (row.id, row.code)).collect();
    let (format, wanted) = parse(&cx, params, &channels)?;
    let export = Export { shared: shared.clone(), cx, channels, wanted, format };
    let written = stream::try_unfold((export, Next::Head), async |(export, next)| {
        let (text, next) = match next {
            Next::End => return Ok::<_, Fault>(None),
            Next::Head => (export.format.head(), Next::After(None)),
            Next::After(after) => export.page(after).await?,
        };
        Ok(Some((Bytes::from(text), (export, next))))
    });
    let mut response = Body::from_stream(written).into_response();
    let disposition = format!("attachment; filename=\"{}\"", format.file_name());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

/// What is being written.
struct Export {
    shared: Shared,
    cx: Arc<Cx>,
    channels: HashMap<Id<id::Channel>, String>,
    wanted: Wanted,
    format: Format,
}

/// How far it is written.
enum Next {
    /// Not at all.
    Head,
    /// Up to a place.
    After(Option<Cursor>),
    /// All of it.
    End,
}

impl Export {
    /// The rows of the next orders.
    async fn page(&self, after: Option<Cursor>) -> Result<(String, Next), Fault> {
        let page = self.read(after).await;
        page.inspect_err(|error| {
            tracing::error!(request_id = self.cx.request_id(), %error, "an export ended before its end");
        })
    }

    async fn read(&self, after: Option<Cursor>) -> Result<(String, Next), Fault> {
        let _place = self.shared.room.acquire().await.map_err(Fault::new)?;
        // Each page is read by itself: no transaction is open while somebody reads slowly.
        let request = Request {
            caller: self.cx.caller().clone(),
            buys_for: None,
            id: self.cx.request_id().to_owned(),
            channel: self.cx.channel().ok().cloned(),
            language: self.cx.language(),
        };
        let cx = Cx::of_request(Arc::clone(self.cx.app()), self.cx.scope(), request);
        let may = cx.permit::<ReadOrders>().map_err(Fault::new)?;
        let (page, after) = orders::export(&cx, may, self.wanted.clone(), after).await?;
        let mut text = String::new();
        for order in &page {
            let channel = self.channels.get(&order.order.channel_id).map(String::as_str).unwrap_or_default();
            text.push_str(&self.format.rows(order, channel)?);
        }
        Ok((text, after.map_or(Next::End, |after| Next::After(Some(after)))))
    }
}

/// What is asked for: the filter of the `orders` query, as parameters.
fn parse(
    cx: &Cx,
    params: BTreeMap<String, String>,
    channels: &HashMap<Id<id::Channel>, String>,
) -> Result<(Format, Wanted), Refused> {
    let (mut format, mut wanted) = (Format::Csv, Wanted::default());
    for (name, value) in params {
        let wrong = || {
            let args = vec![("name", Arg::Text(name.clone()))];
            Refused { language: cx.language(), code: ErrorCode::InvalidParameter, args }
        };
        match name.as_str() {
            "format" => format = Format::parse(&value).ok_or_else(wrong)?,
            "states" => {
                let states = value.split(',').map(|code| OrderState::parse(code.trim()));
                wanted.states = Some(states.collect::<Option<Vec<_>>>().ok_or_else(wrong)?);
            }
            "number" => wanted.number = Some(value),
            "email" => wanted.email = Some(value),
            "customer" => wanted.customer = Some(value.parse().map_err(|_| wrong())?),
            "organisation" => wanted.organisation = Some(value.parse().map_err(|_| wrong())?),
            "channel" => {
                let found = channels.iter().find(|(_, code)| **code == value);
                wanted.channel = Some(*found.ok_or_else(wrong)?.0);
            }
            "placedFrom" => wanted.placed_from = Some(Instant::parse(&value).ok_or_else(wrong)?),
            "placedUntil" => wanted.placed_until = Some(Instant::parse(&value).ok_or_else(wrong)?),
            "tag" => wanted.tag = Some(value),
            "sku" => wanted.sku = Some(value),
            "location" => wanted.location = Some(value),
            "search" => wanted.search = Some(value),
            _ => return Err(wrong()),
        }
        if value_is_wrong(&wanted) {
            return Err(wrong());
        }
    }
    Ok((format, wanted))
}

/// Whether a text has a null byte, which no database looks for.
fn value_is_wrong(wanted: &Wanted) -> bool {
    let Wanted { number, email, tag, sku, location, search, .. } = wanted;
    [number, email, tag, sku, location, search].into_iter().flatten().any(|text| text.contains('\0'))
}

fn refused_by(cx: &Cx, denied: Denied) -> Refused {
    let code = match denied {
        Denied::Unauthenticated => ErrorCode::Unauthenticated,
        Denied::Forbidden(_) => ErrorCode::Forbidden,
    };
    Refused::new(cx.language(), code)
}

fn failed(cx: &Cx, fault: &Fault) -> Refused {
    tracing::error!(request_id = cx.request_id(), error = %fault, "an export could not begin");
    let trace = vec![("trace", Arg::Text(cx.request_id().to_owned()))];
    Refused { language: cx.language(), code: ErrorCode::Internal, args: trace }
}
