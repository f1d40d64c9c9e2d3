//! What the tables look like: 12 columns, a primary key, one or two foreign keys, two
//! secondary indexes, a check, a default, comments on a fifth of the columns. The same
//! number always gives the same table.

/// The names of the schemas or databases that tables are spread over.
pub const GROUPS: [&str; 10] = [
    "sales", "stock", "finance", "people", "support", "shipping", "buying", "quality", "web",
    "archive",
];

const NOUNS: [&str; 32] = [
    "account", "address", "batch", "booking", "branch", "carrier", "claim", "contract", "course",
    "customer", "delivery", "device", "employee", "event", "invoice", "item", "journal", "ledger",
    "location", "member", "message", "order", "parcel", "payment", "price", "product", "project",
    "report", "shipment", "supplier", "ticket", "vehicle",
];

const ROLES: [&str; 16] = [
    "archive", "detail", "draft", "entry", "history", "limit", "line", "link", "note", "part",
    "plan", "rule", "state", "tag", "total", "version",
];

/// What a column holds; each dialect has its own word for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Key,
    Reference,
    Integer,
    Name,
    Text,
    Money,
    Flag,
    Moment,
    Day,
    Uuid,
    Json,
    Code,
    Double,
}

/// The columns that a table has besides its keys, its status and its quantity: seven of these.
const POOL: [(&str, Type); 12] = [
    ("name", Type::Name),
    ("description", Type::Text),
    ("total", Type::Money),
    ("is_active", Type::Flag),
    ("created_at", Type::Moment),
    ("updated_at", Type::Moment),
    ("due_on", Type::Day),
    ("token", Type::Uuid),
    ("payload", Type::Json),
    ("code", Type::Code),
    ("weight", Type::Double),
    ("position", Type::Integer),
];

/// A table; `number` counts within its group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    pub(super) group: usize,
    pub(super) number: usize,
}

/// One of a table's 12 columns.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) data: Type,
    pub(super) not_null: bool,
    pub(super) default: Option<&'static str>,
    pub(super) comment: Option<String>,
}

/// The tables of so many groups, group by group, each after those that it refers to.
pub(super) fn tables(count: usize, groups: usize) -> impl Iterator<Item = Table> {
    let each = count.div_ceil(groups);
    (0..count).map(move |at| Table {
        group: at / each,
        number: at % each,
    })
}

impl Table {
    pub(super) fn name(self) -> String {
        let (noun, role) = (self.number % NOUNS.len(), self.number / NOUNS.len());
        format!(
            "{}_{}_{}",
            NOUNS[noun],
            ROLES[role % ROLES.len()],
            self.number
        )
    }

    pub(super) fn columns(self) -> Vec<Column> {
        let fixed = [
            ("id", Type::Key, true, None),
            ("parent_id", Type::Reference, false, None),
            ("owner_id", Type::Reference, false, None),
            ("status", Type::Name, true, Some("'new'")),
            ("quantity", Type::Integer, false, None),
        ];
        let of_pool = (0..7).map(|at| {
            let (name, data) = POOL[(self.number + at) % POOL.len()];
            (name, data, at % 3 == 0, None)
        });
        let drawn = fixed.into_iter().chain(of_pool).enumerate();
        drawn
            .map(|(at, (name, data, not_null, default))| Column {
                name,
                data,
                not_null,
                default,
                comment: (self.number + at).is_multiple_of(5).then(|| {
                    format!(
                        "What {name} means for a {}.",
                        NOUNS[self.number % NOUNS.len()]
                    )
                }),
            })
            .collect()
    }

    /// What it refers to in its own group: a column of its own and the other table.
    pub(super) fn references(self) -> Vec<(&'static str, Self)> {
        let of = |number| Self { number, ..self };
        let mut all = vec![("parent_id", of(self.number.saturating_sub(1)))];
        if !self.number.is_multiple_of(2) {
            all.push(("owner_id", of(0)));
        }
        all
    }

    /// Its secondary indexes, as endings of their names and columns.
    pub(super) fn indexes(self) -> [(&'static str, &'static str); 2] {
        [("parent", "parent_id, status"), ("owner", "owner_id")]
    }
}
