//! Schemas of another shape than the even ones: what large schemas look like that somebody
//! else made.

use super::tables::GROUPS;

/// What is unusual about a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// 40 tables of 1,000 columns.
    Wide,
    /// Partitions: on PostgreSQL a tree of four floors with 4,681 tables, on MariaDB 8 tables
    /// of 250 partitions.
    Deep,
    /// 3,000 schemas of two tables each, on PostgreSQL; MariaDB has its databases for them.
    Schemas,
    /// 300 databases of five tables each.
    Databases,
}

impl Shape {
    /// The shape of this name: `wide`, `deep`, `schemas` or `databases`.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "wide" => Self::Wide,
            "deep" => Self::Deep,
            "schemas" => Self::Schemas,
            "databases" => Self::Databases,
            _ => return None,
        })
    }
}

/// Statements, and the database that they belong into where it is not the one at hand.
#[derive(Debug)]
pub struct Step {
    /// A database that is to be made for them.
    pub database: Option<String>,
    /// One or more statements.
    pub sql: String,
}

/// The tables beside those that make the shape: one that may be changed.
const PLAIN: &str = "CREATE TABLE changing (id integer PRIMARY KEY);\n";
const WIDTH: usize = 1000;
const WIDE_TABLES: usize = 40;
/// The partition tree: how many branches a floor has, and how many rows are below a leaf.
const BRANCHES: usize = 8;
const FLOORS: u32 = 4;
const SCHEMAS: usize = 3000;
const DATABASES: usize = 300;

/// What makes a shape on PostgreSQL.
pub fn on_postgres(shape: Shape) -> Vec<Step> {
    match shape {
        Shape::Wide => here(wide_tables()),
        Shape::Deep => here(partition_tree()),
        Shape::Schemas => here((0..SCHEMAS).map(schema).collect()),
        Shape::Databases => databases(DATABASES),
    }
}

/// What makes a shape on MariaDB, which has databases for schemas.
pub fn on_mariadb(shape: Shape) -> Vec<Step> {
    match shape {
        Shape::Wide => here(wide_tables()),
        Shape::Deep => here((0..8).map(partitioned_table).collect()),
        Shape::Schemas | Shape::Databases => databases(DATABASES),
    }
}

/// What makes a shape in a SQLite file, which knows only wide tables.
pub fn on_sqlite(_shape: Shape) -> Vec<Step> {
    here(wide_tables())
}

fn here(statements: Vec<String>) -> Vec<Step> {
    let all = [PLAIN.to_owned()].into_iter().chain(statements);
    all.map(|sql| Step {
        database: None,
        sql,
    })
    .collect()
}

fn databases(count: usize) -> Vec<Step> {
    let each = (0..count).map(|number| Step {
        database: Some(format!("{}_{number}", GROUPS[number % GROUPS.len()])),
        sql: (0..5).map(part).collect(),
    });
    here(Vec::new()).into_iter().chain(each).collect()
}

fn part(number: usize) -> String {
    let before = number.saturating_sub(1);
    format!(
        "CREATE TABLE part_{number} (id integer PRIMARY KEY, name varchar(80) NOT NULL, \
         before_id integer, CONSTRAINT part_{number}_before FOREIGN KEY (before_id) \
         REFERENCES part_{before} (id));\n"
    )
}

fn wide_tables() -> Vec<String> {
    let columns: String = (1..WIDTH)
        .map(|column| format!(", measure_{column} integer"))
        .collect();
    (0..WIDE_TABLES)
        .map(|number| format!("CREATE TABLE wide_{number} (id integer PRIMARY KEY{columns});\n"))
        .collect()
}

fn partition_tree() -> Vec<String> {
    let columns = "id bigint NOT NULL, placed_on date NOT NULL, total numeric(12,2)";
    let mut statements = vec![format!(
        "CREATE TABLE tree ({columns}) PARTITION BY RANGE (id);\n"
    )];
    let mut floor = vec![("tree".to_owned(), 0)];
    for depth in 1..=FLOORS {
        let below = BRANCHES.pow(FLOORS - depth);
        let ending = if depth < FLOORS {
            " PARTITION BY RANGE (id)"
        } else {
            ""
        };
        let branch = |(above, from): &(String, usize), at: usize| {
            let low = from + at * below;
            (format!("{above}_{at}"), low, above.clone())
        };
        let next: Vec<_> = floor
            .iter()
            .flat_map(|above| (0..BRANCHES).map(move |at| branch(above, at)))
            .collect();
        statements.extend(next.iter().map(|(name, low, above)| {
            let high = low + below;
            format!(
                "CREATE TABLE {name} PARTITION OF {above} \
                 FOR VALUES FROM ({low}) TO ({high}){ending};\n"
            )
        }));
        floor = next.into_iter().map(|(name, low, _)| (name, low)).collect();
    }
    statements
}

fn partitioned_table(number: usize) -> String {
    let parts: Vec<String> = (1..=250)
        .map(|part| format!("PARTITION p{part} VALUES LESS THAN ({})", part * 1000))
        .collect();
    let parts = parts.join(", ");
    format!(
        "CREATE TABLE tree_{number} (id bigint PRIMARY KEY, total decimal(12,2)) \
         PARTITION BY RANGE (id) ({parts});\n"
    )
}

fn schema(number: usize) -> String {
    let schema = format!("tenant_{number}");
    format!(
        "CREATE SCHEMA {schema};\n\
         CREATE TABLE {schema}.customer (id integer PRIMARY KEY, name text NOT NULL);\n\
         CREATE TABLE {schema}.booking (id integer PRIMARY KEY, \
         customer_id integer NOT NULL REFERENCES {schema}.customer (id));\n"
    )
}
