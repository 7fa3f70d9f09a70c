//! Example operations for GraphiQL's tabs. A test executes each against the schema.

/// The examples, in the order of a purchase.
pub(crate) const EXAMPLES: &[&str] = &[
    r#"# Browse: the newest products, with price and availability in this channel.
query Browse {
  context { channel { code currencyCode } language { tag direction } }
  products(page: { first: 5 }, filter: { search: "قهوة" }) {
    totalCount
    nodes {
      id slug name
      english: name(language: "en")
      category { name parent { name } }
      priceRange { lowest { formatted } highest { formatted(digits: ARABIC) } }
      variants { id sku name price { amount currencyCode } availability { isAvailable quantity } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"#,
    r"# Fill a cart. Take a variant's id from the first tab.
mutation Fill($variant: ID!) {
  cartCreate(input: { lines: [{ variant: $variant, quantity: 2 }] }) {
    cart { id version lines { productName quantity total { formatted } } totals { total { formatted } tax { formatted } } }
    userErrors { code field message }
    warnings { code message }
  }
}
",
    r#"# Sign in as staff, and send the token as { "Authorization": "Bearer …" } in the Headers pane.
mutation SignIn {
  signIn(input: { email: "manager@qafila.example", password: "qafila-demo-2026" }) {
    accessToken
    account { name permissions }
    userErrors { code message }
  }
}
"#,
    r"# Orders, for staff.
query Orders {
  orders(page: { first: 10 }) {
    nodes {
      number state stateLabel placedAt totals { total { formatted } }
      availableTransitions { action to }
      whereabouts { stateLabel since holder { name } nextLabel timeline { at label } }
    }
  }
}
",
];
