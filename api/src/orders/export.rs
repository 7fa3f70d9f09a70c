//! Orders as rows of a table, one for each line: for spreadsheets and for programs.

use app::orders::Exported;
use domain::{
    money::{Currency, Money},
    time::Instant,
};
use entity::orders::order_line;
use serde_json::{Map, Value};
use store::Fault;

use super::percent;

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, in UTF-8 with a byte order mark, by which spreadsheets know Arabic.
    Csv,
    /// A JSON object a line.
    JsonLines,
}

/// What stands in one place of the table.
enum Cell {
    /// What somebody wrote.
    Text(String),
    /// What the shop wrote: numbers, codes and instants.
    Plain(String),
    /// A count.
    Count(i64),
    /// Words.
    Words(Vec<String>),
    /// Nothing.
    Empty,
}

/// The columns, in their order.
const COLUMNS: [&str; 33] = [
    "number",
    "placed_at",
    "state",
    "channel",
    "language",
    "email",
    "phone",
    "customer",
    "recipient",
    "country",
    "city",
    "payment_method",
    "payment_status",
    "tags",
    "currency",
    "order_subtotal",
    "order_discount",
    "order_delivery",
    "order_delivery_discount",
    "order_payment_fee",
    "order_tax",
    "order_total",
    "line",
    "sku",
    "name_ar",
    "name_en",
    "quantity",
    "unit_price",
    "line_subtotal",
    "line_discount",
    "line_total",
    "line_tax_rate_percent",
    "line_tax",
];

impl Format {
    /// The form of a name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "csv" => Some(Self::Csv),
            "jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonLines => "application/jsonl; charset=utf-8",
        }
    }

    /// What a file of it is called.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Csv => "orders.csv",
            Self::JsonLines => "orders.jsonl",
        }
    }

    /// What stands before the first row.
    pub fn head(self) -> String {
        match self {
            Self::Csv => format!("\u{feff}{}\r\n", COLUMNS.join(",")),
            Self::JsonLines => String::new(),
        }
    }

    /// The rows of an order, of a channel of this code.
    pub fn rows(self, exported: &Exported, channel: &str) -> Result<String, Fault> {
        let currency = Currency::parse(&exported.order.currency);
        let currency = currency.ok_or_else(|| Fault::new("an order in an unknown currency"))?;
        let mut text = String::new();
        for (n, line) in (1_i64..).zip(&exported.lines) {
            let [order, of_order] = order_cells(exported, channel, currency);
            let cells = order.into_iter().chain(of_order).chain(line_cells(n, line, currency));
            text.push_str(&self.row(cells));
        }
        Ok(text)
    }

    fn row(self, cells: impl Iterator<Item = Cell>) -> String {
        match self {
            Self::Csv => format!("{}\r\n", cells.map(Cell::csv).collect::<Vec<_>>().join(",")),
            Self::JsonLines => {
                let named = COLUMNS.into_iter().map(str::to_owned).zip(cells.map(Cell::json));
                format!("{}\n", Value::Object(named.collect::<Map<_, _>>()))
            }
        }
    }
}

fn money(minor: i64, currency: Currency) -> Cell {
    Cell::Plain(Money::new(minor, currency).decimal().to_string())
}

fn optional(text: Option<&String>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Text(text.clone()))
}

fn order_cells(exported: &Exported, channel: &str, currency: Currency) -> [Vec<Cell>; 2] {
    let Exported { order, address, state, payments, tags, .. } = exported;
    let who = vec![
        Cell::Text(order.number.clone()),
        Cell::Plain(Instant::rfc3339(order.placed_at)),
        Cell::Plain(state.clone()),
        Cell::Plain(channel.to_owned()),
        Cell::Plain(order.language.clone()),
        Cell::Text(order.email.clone()),
        Cell::Text(order.phone.clone()),
        order.customer_id.map_or(Cell::Empty, |id| Cell::Plain(id.to_string())),
        Cell::Text(address.name.clone()),
        Cell::Plain(address.country.as_str().to_owned()),
        Cell::Text(address.city().to_owned()),
        Cell::Plain(order.payment_method.clone()),
        Cell::Plain(payments.first().map(|payment| payment.status.clone()).unwrap_or_default()),
        Cell::Words(tags.clone()),
    ];
    let amounts = [
        order.subtotal_minor,
        order.discount_minor,
        order.delivery_minor,
        order.delivery_discount_minor,
        order.fee_minor,
        order.tax_minor,
        order.total_minor,
    ];
    let mut what = vec![Cell::Plain(order.currency.clone())];
    what.extend(amounts.map(|minor| money(minor, currency)));
    [who, what]
}

fn line_cells(n: i64, line: &order_line::Model, currency: Currency) -> [Cell; 11] {
    [
        Cell::Count(n),
        Cell::Text(line.sku.clone()),
        optional(line.name_ar.as_ref()),
        optional(line.name_en.as_ref()),
        Cell::Count(line.quantity),
        money(line.unit_minor, currency),
        money(line.subtotal_minor, currency),
        money(line.discount_minor, currency),
        money(line.total_minor, currency),
        Cell::Plain(percent(u32::try_from(line.tax_rate_bps).unwrap_or_default())),
        money(line.tax_minor, currency),
    ]
}

impl Cell {
    /// As RFC 4180 has it. What a spreadsheet would take for a formula is written as text.
    fn csv(self) -> String {
        let text = match self {
            Self::Empty => return String::new(),
            Self::Count(n) => return n.to_string(),
            Self::Plain(text) => return quoted(&text),
            Self::Text(text) => text,
            Self::Words(words) => words.join("; "),
        };
        let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        quoted(&if is_formula { format!("'{text}") } else { text })
    }

    fn json(self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Count(n) => n.into(),
            Self::Plain(text) | Self::Text(text) => text.into(),
            Self::Words(words) => words.into(),
        }
    }
}

/// In quotes if it must be.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n', ';']) || text.trim() != text {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_would_reckon_with_is_text() {
        let csv = |text: &str| Cell::Text(text.to_owned()).csv();
        for formula in ["=1+1", "+966512345678", "-1", "@SUM(A1)", "＝1"] {
            assert_eq!(csv(formula), format!("'{formula}"));
        }
        assert_eq!(csv("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        assert_eq!(csv("\t=1"), "'\t=1");
        assert_eq!(csv("تمر 1-2"), "تمر 1-2");
        assert_eq!(Cell::Words(vec!["=a".into(), "b".into()]).csv(), "\"'=a; b\"");
    }

    #[test]
    fn commas_quotes_and_line_breaks_are_quoted() {
        let csv = |text: &str| Cell::Text(text.to_owned()).csv();
        assert_eq!(csv("a,b"), "\"a,b\"");
        assert_eq!(csv("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(csv("a\r\nb"), "\"a\r\nb\"");
        assert_eq!((Cell::Count(3).csv(), Cell::Empty.csv()), ("3".to_owned(), String::new()));
    }
}
