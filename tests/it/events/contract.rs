//! What `schema.graphql` says of its fields by directives.

/// A field of an object type.
#[derive(Debug)]
pub struct Field {
    /// Its type and its name, such as `Query.orders`.
    pub name: String,
    /// What it `@requires`.
    pub permission: Option<String>,
    /// What it `@emits`.
    pub events: Vec<String>,
}

/// The fields of every object type.
pub fn fields() -> Vec<Field> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql");
    let schema = std::fs::read_to_string(path).unwrap();
    let (mut found, mut of_type, mut in_description): (Vec<Field>, Option<&str>, bool) = (Vec::new(), None, false);
    for line in schema.lines() {
        if line.trim() == "\"\"\"" {
            in_description = !in_description;
        } else if in_description {
        } else if let Some(rest) = line.strip_prefix("type ") {
            of_type = rest.split(' ').next();
        } else if line == "}" {
            of_type = None;
        } else if let (Some(of_type), Some(rest)) = (of_type, line.strip_prefix('\t')) {
            // An argument stands one tab further in, and the end of the arguments is a parenthesis.
            if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let name = rest.split(['(', ':']).next().unwrap();
                found.push(Field { name: format!("{of_type}.{name}"), permission: None, events: Vec::new() });
            }
            if !rest.starts_with('\t') {
                let field = found.last_mut().unwrap();
                field.permission = field.permission.take().or(values(rest, "@requires(permission: \"").pop());
                field.events.extend(values(rest, "@emits(event: \""));
            }
        }
    }
    found
}

/// What stands in quotes behind each occurrence of a directive.
fn values(line: &str, directive: &str) -> Vec<String> {
    line.split(directive).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn the_directives_of_the_contract_are_read() {
    let fields = fields();
    let field = |name: &str| fields.iter().find(|field| field.name == name).unwrap_or_else(|| panic!("no {name}"));
    assert_eq!(field("Query.orders").permission.as_deref(), Some("ORDER_READ"));
    assert_eq!(field("ProductVariant.stock").permission.as_deref(), Some("STOCK_READ"));
    assert_eq!(field("Query.order").permission, None);
    let confirm = field("Mutation.orderConfirm");
    assert_eq!(
        (confirm.permission.as_deref(), &confirm.events[..]),
        (Some("ORDER_MANAGE"), &["order.confirmed".to_owned()][..])
    );
    assert!(field("Mutation.orderShip").events.len() > 2);
    let guarded = fields.iter().filter(|field| field.permission.is_some()).count();
    let schema = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql")).unwrap();
    assert_eq!(guarded, schema.matches("@requires(permission: \"").count(), "each of them was found");
    let emitted: usize = fields.iter().map(|field| field.events.len()).sum();
    assert_eq!(emitted, schema.matches("@emits(event: \"").count());
}
