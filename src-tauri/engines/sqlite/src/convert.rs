//! From rows and statements to the model's objects; pure.

mod keys;
mod references;
mod virtuals;

use std::collections::HashMap;

use model::snapshot::{
    Attribute, AttributeValue, ColumnDetail, DatabaseDetail, Generated, Object, RelationDetail,
    Statistics, TableForm, TriggerDetail,
};
use model::{Amount, ObjectKind, Text};

use crate::ddl::{self, ModuleClause, TableClauses};
use crate::depends::Needs;
use crate::reading::{DATABASE, Relation};
use crate::rows::{
    ColumnRow, EstimateRow, Facts, ForeignKeyRow, Hiding, IndexRow, Origin, RelationRow,
    RelationSort, StatementRow,
};
use crate::types::surprising_affinity;

pub(crate) use virtuals::Virtuals;

/// The answers to the questions, by the table that they are about.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    pub(crate) statements: HashMap<Text, Vec<StatementRow>>,
    pub(crate) columns: HashMap<Text, Vec<ColumnRow>>,
    pub(crate) indexes: HashMap<Text, Vec<IndexRow>>,
    pub(crate) foreign_keys: HashMap<Text, Vec<ForeignKeyRow>>,
    pub(crate) estimates: HashMap<Text, u64>,
    pub(crate) virtuals: Virtuals,
    pub(crate) needs: Needs,
}

/// The tables that foreign keys may refer to, found without regard to case.
#[derive(Debug, Default)]
pub(crate) struct Parents(HashMap<String, Parent>);

#[derive(Debug)]
struct Parent {
    name: Text,
    /// Columns, each with its place in the primary key or 0.
    columns: Vec<(Text, i64)>,
}

impl Parents {
    /// Adds all columns of a table.
    pub(crate) fn add_table(&mut self, table: &Text, columns: &[ColumnRow]) {
        let columns = columns
            .iter()
            .map(|column| (Text::clone(&column.name), column.key))
            .collect();
        let name = Text::clone(table);
        let parent = Parent { name, columns };
        self.0.insert(table.to_ascii_lowercase(), parent);
    }

    /// Adds a column of a table.
    pub(crate) fn add(&mut self, table: &Text, column: &Text, key: i64) {
        let parent = self
            .0
            .entry(table.to_ascii_lowercase())
            .or_insert_with(|| Parent {
                name: Text::clone(table),
                columns: Vec::new(),
            });
        parent.columns.push((Text::clone(column), key));
    }

    /// Whether the table has been added.
    pub(crate) fn knows(&self, table: &str) -> bool {
        self.get(table).is_some()
    }

    /// How many tables have been added.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets them all.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    fn get(&self, table: &str) -> Option<&Parent> {
        if table.bytes().any(|letter| letter.is_ascii_uppercase()) {
            return self.0.get(&table.to_ascii_lowercase());
        }
        self.0.get(table)
    }
}

/// The database of the file.
pub(crate) fn database(facts: &Facts) -> Object<DatabaseDetail> {
    let bytes = facts.page_size.checked_mul(facts.page_count);
    let bytes = bytes
        .and_then(|bytes| u64::try_from(bytes).ok())
        .map(Amount::from);
    let detail = DatabaseDetail {
        encoding: facts.encoding.clone(),
        ..DatabaseDetail::default()
    };
    Object::new(DATABASE, detail)
        .attribute("page_size", facts.page_size)
        .attribute_if("journal_mode", facts.journal_mode.clone())
        .attribute("user_version", facts.user_version)
        .attribute("application_id", facts.application_id)
        .attribute("auto_vacuum", auto_vacuum(facts.auto_vacuum))
        .statistics(Statistics {
            bytes,
            ..Statistics::default()
        })
}

fn auto_vacuum(mode: i64) -> &'static str {
    match mode {
        1 => "full",
        2 => "incremental",
        _ => "none",
    }
}

/// Estimated rows by table; what is said of the table itself goes before what
/// is said of its indexes, of which a partial one holds fewer.
pub(crate) fn estimates(rows: Vec<EstimateRow>) -> HashMap<Text, u64> {
    let mut best: HashMap<Text, (bool, u64)> = HashMap::new();
    for row in rows {
        let Some(count) = row.rows else { continue };
        let found = (!row.of_index, count);
        best.entry(row.table)
            .and_modify(|known| *known = (*known).max(found))
            .or_insert(found);
    }
    best.into_iter()
        .map(|(table, (_, count))| (table, count))
        .collect()
}

/// The rows of one table or view, and what its statement says.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    pub(crate) relation: &'a RelationRow,
    pub(crate) statements: &'a [StatementRow],
    pub(crate) columns: &'a [ColumnRow],
    pub(crate) indexes: &'a [IndexRow],
    pub(crate) foreign_keys: &'a [ForeignKeyRow],
    pub(crate) clauses: &'a TableClauses,
}

/// A table or view as the sources tell it, with all that belongs to it.
pub(crate) fn relation(row: &RelationRow, sources: &Sources, parents: &Parents) -> Relation {
    let statements = of(&sources.statements, &row.name);
    let rows = Rows {
        relation: row,
        statements,
        columns: of(&sources.columns, &row.name),
        indexes: of(&sources.indexes, &row.name),
        foreign_keys: of(&sources.foreign_keys, &row.name),
        clauses: &match definition(statements) {
            Some(sql) if row.is_table() => ddl::parse_table(&sql),
            _ => TableClauses::default(),
        },
    };
    assemble(&rows, sources, parents)
}

fn of<'a, T>(rows: &'a HashMap<Text, Vec<T>>, name: &Text) -> &'a [T] {
    rows.get(name).map_or(&[][..], Vec::as_slice)
}

fn definition(statements: &[StatementRow]) -> Option<Text> {
    let of = |statement: &&StatementRow| matches!(&*statement.sort, "table" | "view");
    statements.iter().find(of)?.sql.clone()
}

/// A table or view with all that belongs to it.
pub(crate) fn assemble(rows: &Rows<'_>, sources: &Sources, parents: &Parents) -> Relation {
    let Rows {
        relation: row,
        statements,
        columns,
        indexes,
        foreign_keys,
        clauses,
    } = *rows;
    let definition = definition(statements);
    let sql = definition.as_deref().unwrap_or_default();
    let is_table = row.is_table();
    let rowid = is_table
        .then(|| rowid_column(row, columns, indexes))
        .flatten();

    let owner = sources.virtuals.owner(row);
    let form = match row.sort {
        RelationSort::Virtual => TableForm::Virtual,
        RelationSort::Shadow => TableForm::Shadow,
        RelationSort::Table if owner.is_some() => TableForm::Shadow,
        RelationSort::Table | RelationSort::View => TableForm::Ordinary,
    };
    let module = match row.sort {
        RelationSort::Virtual => ddl::parse_module(sql),
        _ => None,
    };
    let (module, arguments) = module
        .map_or((None, Vec::new()), |ModuleClause { name, arguments }| {
            (Some(name), arguments)
        });
    let kind = if row.is_view() {
        ObjectKind::View
    } else {
        ObjectKind::Table
    };
    let needs = sources.needs.get(&(kind, Text::clone(&row.name)));
    let rows = sources.estimates.get(&row.name).copied().map(Amount::from);
    let object = Object::new(
        Text::clone(&row.name),
        RelationDetail {
            form,
            definition: definition.clone(),
            ..RelationDetail::default()
        },
    )
    .attribute_if("strict", (is_table && row.strict).then_some(true))
    .attribute_if(
        "without_rowid",
        (is_table && row.without_rowid).then_some(true),
    )
    .attribute_if("module", module)
    .attribute_if("arguments", some(arguments))
    .attribute_if("shadow_of", owner.cloned())
    .attribute_if(Attribute::DEPENDS_ON, needs.cloned())
    .statistics(Statistics {
        rows,
        ..Statistics::default()
    });

    let has_affinity = is_table && !row.strict;
    Relation {
        is_view: row.is_view(),
        object,
        columns: columns
            .iter()
            .map(|column| self::column(column, clauses, rowid, has_affinity))
            .collect(),
        primary_key: keys::primary_key(columns, indexes, clauses),
        uniques: keys::uniques(indexes, clauses),
        foreign_keys: references::foreign_keys(foreign_keys, clauses, parents),
        checks: keys::checks(clauses),
        indexes: keys::indexes(indexes, statements, clauses),
        triggers: triggers(statements, &sources.needs),
    }
}

/// The column that stands for the row's own number: the one column of a primary
/// key that no index had to be made for.
fn rowid_column(row: &RelationRow, columns: &[ColumnRow], indexes: &[IndexRow]) -> Option<i64> {
    let mut key = columns.iter().filter(|column| column.key > 0);
    let (only, more) = (key.next()?, key.next());
    let indexed = indexes
        .iter()
        .any(|index| index.origin == Origin::PrimaryKey);
    (more.is_none() && !row.without_rowid && !indexed).then_some(only.number)
}

fn column(
    row: &ColumnRow,
    clauses: &TableClauses,
    rowid: Option<i64>,
    has_affinity: bool,
) -> Object<ColumnDetail> {
    let clause = clauses.column_at(row.number, &row.name);
    let is_rowid = rowid == Some(row.number);
    let expression = || {
        clause
            .and_then(|clause| clause.generated.clone())
            .unwrap_or_default()
    };
    let generated = match row.hiding {
        Hiding::Virtual => Some(Generated::Virtual {
            expression: expression(),
        }),
        Hiding::Stored => Some(Generated::Stored {
            expression: expression(),
        }),
        _ if is_rowid && clause.is_some_and(|clause| clause.autoincrement) => {
            Some(Generated::Autoincrement)
        }
        _ => None,
    };
    let affinity = has_affinity
        .then(|| surprising_affinity(&row.type_text))
        .flatten();
    let detail = ColumnDetail {
        ordinal: u32::try_from(row.number + 1).unwrap_or(u32::MAX),
        type_text: Text::clone(&row.type_text),
        nullable: !row.not_null,
        default: row.default.clone(),
        generated,
        collation: clause.and_then(|clause| clause.collation.clone()),
    };
    let conflict = clause.and_then(|clause| clause.conflict.clone());
    let mut object = Object::new(Text::clone(&row.name), detail);
    // There are more columns than anything else, and most have one word to say.
    let mut tell = |key, value: Option<AttributeValue>| {
        if let Some(value) = value {
            let key = ddl::shared(key);
            object.attributes.push(Attribute { key, value });
        }
    };
    tell("rowid", is_rowid.then(|| true.into()));
    tell("affinity", affinity.map(|word| ddl::shared(word).into()));
    tell(
        "hidden",
        (row.hiding == Hiding::Hidden).then(|| true.into()),
    );
    tell("on_conflict", keys::notable(conflict).map(Into::into));
    object
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

fn triggers(statements: &[StatementRow], needs: &Needs) -> Vec<Object<TriggerDetail>> {
    let mut triggers: Vec<_> = statements
        .iter()
        .filter(|statement| &*statement.sort == "trigger")
        .map(|statement| {
            let clause = ddl::parse_trigger(statement.sql.as_deref().unwrap_or_default());
            let detail = TriggerDetail {
                timing: clause.timing,
                events: vec![clause.event],
                for_each_row: true,
                enabled: true,
                definition: statement.sql.clone(),
            };
            let needs = needs.get(&(ObjectKind::Trigger, Text::clone(&statement.name)));
            Object::new(Text::clone(&statement.name), detail)
                .attribute_if("when", clause.condition)
                .attribute_if(Attribute::DEPENDS_ON, needs.cloned())
        })
        .collect();
    triggers.sort_by(|a, b| a.name.cmp(&b.name));
    triggers
}
