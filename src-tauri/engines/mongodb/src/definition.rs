//! The commands that make a collection, a view or an index, as a shell takes
//! them; the server keeps none, so all are rendered from its answers.

use bson::{Bson, Document, doc};
use engine::{Definition, EngineError};
use model::{ObjectKind, ObjectPath};

use crate::convert;
use crate::error::{code, code_of};
use crate::rows::{CollectionRow, IndexRow, Sort};
use crate::server::Server;
use crate::types::{quoted, shell};

/// The commands that make this object.
pub(crate) async fn definition(
    server: &mut Server,
    object: &ObjectPath,
) -> Result<Definition, EngineError> {
    let [database, relation, part @ ..] = object.0.as_slice() else {
        return Err(unsupported(object));
    };
    if !matches!(relation.kind, ObjectKind::Collection | ObjectKind::View) {
        return Err(unsupported(object));
    }
    let row = find(server, &database.name, &relation.name).await?;
    let row = row.filter(|row| (row.sort == Sort::View) == (relation.kind == ObjectKind::View));
    let row = row.ok_or_else(|| gone(object))?;
    let text = match part {
        [] if row.sort == Sort::View => view(&row),
        [] => {
            let indexes = indexes(server, &database.name, &row).await?;
            collection(&row, &indexes)
        }
        [part] if part.kind == ObjectKind::Index => {
            let indexes = indexes(server, &database.name, &row).await?;
            let found = indexes.iter().find(|index| *index.name == *part.name);
            let found = found.ok_or_else(|| gone(object))?;
            if made_with_its_collection(found) {
                return Err(unsupported(object));
            }
            create_index(&row, found)
        }
        _ => return Err(unsupported(object)),
    };
    Ok(Definition {
        text,
        rendered: true,
    })
}

async fn find(
    server: &mut Server,
    database: &str,
    name: &str,
) -> Result<Option<CollectionRow>, EngineError> {
    let command = doc! { "listCollections": 1, "filter": { "name": name } };
    let listed = server.list(database, command).await;
    let listed = listed.map_err(|failure| server.failed(&failure, &format!("read {name}")))?;
    Ok(listed.iter().find_map(CollectionRow::read))
}

async fn indexes(
    server: &mut Server,
    database: &str,
    row: &CollectionRow,
) -> Result<Vec<IndexRow>, EngineError> {
    let listed = server
        .list(database, doc! { "listIndexes": row.name.as_str() })
        .await;
    let mut indexes: Vec<IndexRow> = match listed {
        Ok(rows) => rows.into_iter().filter_map(IndexRow::read).collect(),
        Err(failure) if code_of(&failure) == Some(code::NAMESPACE_NOT_FOUND) => Vec::new(),
        Err(failure) => {
            return Err(server.failed(&failure, &format!("read the indexes of {}", row.name)));
        }
    };
    indexes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(indexes)
}

fn made_with_its_collection(index: &IndexRow) -> bool {
    index.name == "_id_" || index.is("clustered")
}

fn collection(row: &CollectionRow, indexes: &[IndexRow]) -> String {
    let mut options = row.options.clone();
    options.remove("uuid");
    // Servers tell the span that follows from the granularity, and refuse both.
    if let Ok(series) = options.get_document_mut("timeseries")
        && series.contains_key("granularity")
    {
        series.remove("bucketMaxSpanSeconds");
        series.remove("bucketRoundingSeconds");
    }
    let mut text = format!(
        "db.createCollection({}{});\n",
        quoted(&row.name),
        argument(&options)
    );
    let others = indexes
        .iter()
        .filter(|index| !made_with_its_collection(index));
    for index in others {
        text.push('\n');
        text.push_str(&create_index(row, index));
    }
    text
}

fn view(row: &CollectionRow) -> String {
    let on = row.options.get_str("viewOn").unwrap_or_default();
    let none = Bson::Array(Vec::new());
    let pipeline = row.options.get("pipeline").unwrap_or(&none);
    let mut options = Document::new();
    if let Some(collation) = row.options.get("collation") {
        options.insert("collation", collation.clone());
    }
    format!(
        "db.createView({}, {}, {}{});\n",
        quoted(&row.name),
        quoted(on),
        shell(pipeline),
        argument(&options)
    )
}

fn create_index(collection: &CollectionRow, index: &IndexRow) -> String {
    format!(
        "db.getCollection({}).createIndex({}{});\n",
        quoted(&collection.name),
        shell(&Bson::Document(convert::keys_given(index))),
        argument(&convert::options_given(index, collection))
    )
}

fn argument(options: &Document) -> String {
    if options.is_empty() {
        String::new()
    } else {
        format!(", {}", shell(&Bson::Document(options.clone())))
    }
}

fn gone(object: &ObjectPath) -> EngineError {
    let kind = object.last().map_or("object", |step| step.kind.as_str());
    EngineError::NotFound {
        what: format!("{} {object}", kind.replace('_', " ")),
    }
}

fn unsupported(object: &ObjectPath) -> EngineError {
    EngineError::Unsupported {
        what: format!("A definition of {object}"),
    }
}
