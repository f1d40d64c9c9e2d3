//! Whether an engine's declaration hangs together; no server is needed.

use std::collections::BTreeSet;

use model::engine::{FieldInput, KindDescriptor, Tab};
use model::{EngineDescriptor, ObjectKind, Stage, Target};

use super::Complaints;
use crate::url;

/// The declaration refers only to what it declares, and all of it can be reached.
pub fn descriptor_is_sound(descriptor: &EngineDescriptor) -> Complaints {
    let mut complaints = Complaints::default();
    names(descriptor, &mut complaints);
    stages(descriptor, &mut complaints);
    form(descriptor, &mut complaints);
    parameters(descriptor, &mut complaints);
    kinds(descriptor, &mut complaints);
    complaints
}

fn names(descriptor: &EngineDescriptor, complaints: &mut Complaints) {
    complaints.expect(is_snake(descriptor.id), || {
        format!("the id {} is no plain name", descriptor.id)
    });
    complaints.expect(!descriptor.label.is_empty(), || {
        "there is no label".to_owned()
    });
    complaints.expect(!descriptor.schemes.is_empty(), || {
        "there is no scheme".to_owned()
    });
    unique("scheme", descriptor.schemes.iter().copied(), complaints);
}

fn stages(descriptor: &EngineDescriptor, complaints: &mut Complaints) {
    let stages = descriptor.stages;
    let ascending = stages.windows(2).all(|pair| pair[0] < pair[1]);
    complaints.expect(ascending, || {
        format!("the stages {stages:?} are not in their order")
    });
    for needed in [Stage::Parse, Stage::Connect] {
        complaints.expect(stages.contains(&needed), || {
            format!("there is no stage {needed:?}")
        });
    }
}

fn form(descriptor: &EngineDescriptor, complaints: &mut Complaints) {
    unique(
        "field",
        descriptor.form.iter().map(|field| field.key),
        complaints,
    );
    for field in descriptor.form {
        let key = field.key;
        complaints.expect(is_snake(key), || format!("the key {key} is no plain name"));
        complaints.expect(!field.label.is_empty(), || {
            format!("the field {key} has no label")
        });
        if let FieldInput::Choice { choices } = field.input {
            let values = choices
                .iter()
                .map(|choice| choice.value)
                .filter(|value| !value.is_empty());
            unique("choice", values, complaints);
        }
        if let FieldInput::Number { min, max } = field.input {
            complaints.expect(min <= max, || format!("the bounds of {key} leave nothing"));
        }
        if !field.default.is_empty() {
            let target = Target::new(descriptor.id).with(key, field.default);
            let wrong = url::validate(descriptor, &target);
            let refused = wrong.iter().any(|problem| problem.field == key);
            complaints.expect(!refused, || {
                format!("the default of {key} is refused by its own form")
            });
        }
    }
}

fn parameters(descriptor: &EngineDescriptor, complaints: &mut Complaints) {
    let names = descriptor.parameters.iter().map(|parameter| parameter.name);
    unique("parameter", names, complaints);
    for parameter in descriptor.parameters {
        let Some(field) = descriptor.field(parameter.field) else {
            let (name, key) = (parameter.name, parameter.field);
            complaints.expect(false, || {
                format!("the parameter {name} sets {key}, which is no field")
            });
            continue;
        };
        for (theirs, ours) in parameter.values {
            let target = Target::new(descriptor.id).with(field.key, *ours);
            let refused = url::validate(descriptor, &target)
                .iter()
                .any(|problem| problem.field == field.key);
            let good = ours.is_empty() || !refused;
            complaints.expect(good, || {
                format!(
                    "{}={theirs} sets {} to {ours}, which it refuses",
                    parameter.name, field.key
                )
            });
        }
    }
}

fn kinds(descriptor: &EngineDescriptor, complaints: &mut Complaints) {
    unique(
        "kind",
        descriptor.kinds.iter().map(|kind| kind.kind.as_str()),
        complaints,
    );
    let mut before: BTreeSet<ObjectKind> = BTreeSet::new();
    for declared in descriptor.kinds {
        let kind = declared.kind;
        complaints.expect(
            declared
                .parents
                .iter()
                .all(|parent| before.contains(parent)),
            || {
                format!(
                    "{kind} is declared before what it stands under: {:?}",
                    declared.parents
                )
            },
        );
        before.insert(kind);
        for parent in declared.parents {
            let shown = descriptor
                .kind(*parent)
                .is_some_and(|parent| shows(parent, kind));
            complaints.expect(shown, || {
                format!("the tree shows no {kind} below a {parent}")
            });
        }
        for group in declared.children {
            let stands_here = |below: &ObjectKind| {
                let below = descriptor.kind(*below);
                below.is_some_and(|below| below.parents.contains(&kind))
            };
            // Kinds may share a group of which one holds only a part.
            complaints.expect(group.kinds.iter().any(stands_here), || {
                format!(
                    "a {kind} shows {:?}, none of which stands there",
                    group.kinds
                )
            });
            for below in group.kinds {
                let known = descriptor.kind(*below).is_some();
                complaints.expect(known, || format!("a {kind} shows {below}, not declared"));
            }
        }
        for tab in declared.tabs {
            let good = tab_has_content(declared, *tab);
            complaints.expect(good, || {
                format!("the tab {tab:?} of a {kind} has nothing to show")
            });
        }
        let keys = declared.attributes.iter().map(|attribute| attribute.key);
        unique(&format!("attribute of {kind}"), keys, complaints);
        for attribute in declared.attributes {
            let good = is_snake(attribute.key) && !attribute.label.is_empty();
            complaints.expect(good, || {
                format!("{kind}: the attribute {} lacks a name", attribute.key)
            });
        }
    }
}

fn shows(parent: &KindDescriptor, kind: ObjectKind) -> bool {
    parent
        .children
        .iter()
        .any(|group| group.kinds.contains(&kind))
}

fn tab_has_content(declared: &KindDescriptor, tab: Tab) -> bool {
    let any = |wanted: fn(ObjectKind) -> bool| {
        declared
            .children
            .iter()
            .flat_map(|group| group.kinds)
            .any(|kind| wanted(*kind))
    };
    match tab {
        Tab::Contents => !declared.children.is_empty(),
        Tab::Columns => any(|kind| kind == ObjectKind::Column),
        Tab::Constraints => any(ObjectKind::is_constraint),
        Tab::Indexes => any(|kind| kind == ObjectKind::Index),
        Tab::Triggers => any(|kind| kind == ObjectKind::Trigger),
        Tab::Fields => any(|kind| kind == ObjectKind::Field),
        Tab::Rules => any(|kind| kind == ObjectKind::Rule),
        Tab::Policies => any(|kind| kind == ObjectKind::Policy),
        Tab::Partitions => any(|kind| kind == ObjectKind::Partition),
        Tab::Relationships | Tab::Validator | Tab::Definition | Tab::Details | Tab::Integrity => {
            true
        }
    }
}

fn unique<'a>(what: &str, names: impl Iterator<Item = &'a str>, complaints: &mut Complaints) {
    let mut seen = BTreeSet::new();
    for name in names {
        let lower = name.to_lowercase();
        complaints.expect(seen.insert(lower), || {
            format!("the {what} {name} is declared twice")
        });
    }
}

fn is_snake(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !name.is_empty() && name.chars().all(plain)
}
