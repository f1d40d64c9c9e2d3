//! `show` and `definition`: the page of one object, in the order of its descriptor.

use std::fmt::Write as _;

use model::EngineDescriptor;
use model::path::visible;
use model::snapshot::{ReferentialAction, Walker};
use serde::Serialize;
use services::Studio;
use services::view::{
    ForeignKeyLink, ObjectLink, ObjectPage, Relationships, SampleRemark, SampleView,
};

use super::args::Place;
use super::terminal::{Failure, Terminal};
use super::{account, folders, place, words};

/// Prints all that the catalogue holds of an object.
///
/// # Errors
/// An object that is not there.
pub(super) async fn show(
    studio: &Studio,
    named: &Place,
    terminal: Terminal,
) -> Result<(), Failure> {
    let card = account::find(studio, &named.connection).await?;
    let engine = place::descriptor(&card)?;
    let snapshot = studio.snapshot(card.connection.id).await?;
    let walker = place::find(&snapshot, &named.connection, &named.path, named.kind)?;
    let id = place::id(studio, card.connection.id, &walker.path()).await?;
    let page = Page {
        object: studio.object(id).await?,
        relationships: studio.relationships(id).await?,
    };
    if terminal.json {
        return terminal.write_json(&page);
    }
    terminal.write(&page.text(engine, walker))
}

/// Prints the statement that makes an object.
///
/// # Errors
/// An object that is not there or has none, or a server that is out of reach.
pub(super) async fn definition(
    studio: &Studio,
    named: &Place,
    terminal: Terminal,
) -> Result<(), Failure> {
    let card = account::find(studio, &named.connection).await?;
    let snapshot = studio.snapshot(card.connection.id).await?;
    let walker = place::find(&snapshot, &named.connection, &named.path, named.kind)?;
    let id = place::id(studio, card.connection.id, &walker.path()).await?;
    let definition = studio.definition(id).await?;
    if terminal.json {
        return terminal.write_json(&definition);
    }
    terminal.write_text(&(definition.text.trim_end().to_owned() + "\n"))
}

/// An object and what it has to do with others.
#[derive(Debug, Serialize)]
struct Page {
    object: ObjectPage,
    relationships: Relationships,
}

impl Page {
    fn text(&self, engine: &'static EngineDescriptor, walker: Walker<'_>) -> String {
        let mut out = Lines(format!("{}\n{}\n", walker.path(), own_line(walker)));
        self.facts(engine, walker, &mut out);
        if let Some(sample) = &self.object.card.sample {
            out.section("Sample", sample_lines(sample));
        }
        for (folder, children) in folders::groups(engine, walker) {
            let heading = format!("{} ({})", folder.unwrap_or("Below"), children.len());
            out.section(&heading, children.into_iter().map(child_line).collect());
        }
        let keys = |links: &[ForeignKeyLink]| links.iter().map(key_line).collect();
        let objects = |links: &[ObjectLink]| links.iter().map(object_name).collect();
        let links = &self.relationships;
        out.section("Refers to", keys(&links.references));
        out.section("Referred to by", keys(&links.referenced_by));
        out.section("Depends on", objects(&links.depends_on));
        out.section("Needed by", objects(&links.needed_by));
        out.section("Not read", self.unread());
        out.0
    }

    fn facts(&self, engine: &EngineDescriptor, walker: Walker<'_>, out: &mut Lines) {
        let card = &self.object.card;
        if let Some(comment) = &card.comment {
            out.fact("Comment", &[visible(comment)]);
        }
        let statistics = &card.statistics;
        let amounts = [
            ("Rows, estimated", statistics.rows, false),
            ("Size", statistics.bytes, true),
            ("Size of its indexes", statistics.index_bytes, true),
        ];
        for (label, amount, is_size) in amounts {
            let Some(amount) = amount else { continue };
            let amount = amount.get();
            let text = if is_size {
                words::size(amount)
            } else {
                amount.to_string()
            };
            out.fact(label, &[text]);
        }
        let declared = engine.kind(walker.kind());
        for attribute in &card.attributes {
            let known = declared.and_then(|kind| {
                let mut all = kind.attributes.iter();
                all.find(|known| known.key == &*attribute.key)
            });
            let label = known.map_or(&*attribute.key, |known| known.label);
            out.fact(label, &words::value(&attribute.value));
        }
        if let Some(id) = &self.object.native_id {
            out.fact("Id on the server", &[visible(id)]);
        }
    }

    /// What could not be read, why, and what would change that.
    fn unread(&self) -> Vec<String> {
        let unseen = self.object.card.unseen.iter();
        let mut lines: Vec<String> = unseen.map(|why| visible(why)).collect();
        for warning in &self.object.warnings {
            lines.push(format!("{}: {}", warning.object, visible(&warning.reason)));
            let grant = warning.grant.iter();
            lines.extend(grant.map(|grant| format!("  To read it: {}", visible(grant))));
        }
        lines
    }
}

/// The text of a page, line by line.
struct Lines(String);

impl Lines {
    fn fact(&mut self, label: &str, values: &[String]) {
        // Writing to a String cannot fail.
        let _ = match values {
            [only] => writeln!(self.0, "{label}: {only}"),
            several => writeln!(self.0, "{label}:\n  {}", several.join("\n  ")),
        };
    }

    fn section(&mut self, heading: &str, lines: Vec<String>) {
        if !lines.is_empty() {
            let _ = writeln!(self.0, "\n{heading}\n  {}", lines.join("\n  "));
        }
    }
}

/// The object's own line of the outline.
fn own_line(walker: Walker<'_>) -> String {
    let outline = walker.outline();
    outline.lines().next().unwrap_or_default().to_owned()
}

fn child_line(walker: Walker<'_>) -> String {
    let line = own_line(walker);
    match &walker.object().sample {
        Some(sample) => format!("{line} · {}", words::share(sample.presence())),
        None => line,
    }
}

fn sample_lines(sample: &SampleView) -> Vec<String> {
    let facts = &sample.facts;
    let looked_at = if facts.whole {
        format!("all {}", facts.of.get())
    } else {
        facts.of.get().to_string()
    };
    let mut lines = vec![
        format!("Looked at: {looked_at}"),
        format!("Present: {}", words::share(sample.presence)),
    ];
    let total: u64 = facts.types.iter().map(|of| of.count.get()).sum();
    lines.extend(facts.types.iter().map(|of| {
        let percent = of.count.get() as f64 * 100.0 / total.max(1) as f64;
        format!("Type {}: {percent:.1} %", visible(&of.name))
    }));
    let texts = [("Least", &facts.least), ("Greatest", &facts.greatest)];
    for (label, text) in texts {
        lines.extend(
            text.iter()
                .map(|text| format!("{label}: {}", visible(text))),
        );
    }
    let lengths = [("Shortest", facts.shortest), ("Longest", facts.longest)];
    for (label, length) in lengths {
        lines.extend(length.map(|length| format!("{label}: {length}")));
    }
    lines.extend(sample.remarks.iter().map(|remark| {
        match remark {
            SampleRemark::Mixed => "Its values are of several types.",
            SampleRemark::Rare => "Less than one in a hundred holds it.",
            SampleRemark::NotMet => "The newest sample did not meet it.",
        }
        .to_owned()
    }));
    lines
}

fn key_line(key: &ForeignKeyLink) -> String {
    let columns = |names: &[String]| {
        let names: Vec<_> = names.iter().map(|name| visible(name)).collect();
        names.join(", ")
    };
    let theirs = match key.their_columns.as_slice() {
        [] => String::new(),
        names => format!(" ({})", columns(names)),
    };
    let mut line = format!(
        "({}) · {}{theirs} · {}",
        columns(&key.columns),
        object_name(&key.table),
        visible(&key.name)
    );
    for (event, action) in [("update", key.on_update), ("delete", key.on_delete)] {
        if let Some(action) = action_words(action) {
            let _ = write!(line, " · on {event} {action}");
        }
    }
    line
}

/// What happens to rows that refer, where something does.
fn action_words(action: ReferentialAction) -> Option<&'static str> {
    match action {
        ReferentialAction::NoAction => None,
        ReferentialAction::Restrict => Some("restrict"),
        ReferentialAction::Cascade => Some("cascade"),
        ReferentialAction::SetNull => Some("set null"),
        ReferentialAction::SetDefault => Some("set default"),
    }
}

fn object_name(link: &ObjectLink) -> String {
    let kind = link.kind.as_str().replace('_', " ");
    let schema: String = link
        .schema
        .iter()
        .map(|schema| visible(schema) + ".")
        .collect();
    let gone = if link.object.is_none() {
        " (not in the catalogue)"
    } else {
        ""
    };
    format!("{kind} {schema}{}{gone}", visible(&link.name))
}
