//! Small words: counts, sizes, shares and the values of attributes.

use model::path::visible;
use model::snapshot::{AttributeValue, ObjectName, Share};

/// A number with its noun.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{count} {noun}")
}

/// A size for people, in the largest unit that leaves at least one.
pub(super) fn size(bytes: u64) -> String {
    let units = [("GiB", 30), ("MiB", 20), ("KiB", 10)];
    match units.into_iter().find(|(_, bits)| bytes >> bits > 0) {
        Some((name, bits)) => format!("{:.1} {name}", bytes as f64 / f64::from(1_u32 << bits)),
        None => format!("{bytes} bytes"),
    }
}

/// A share in percent, with the bounds of its interval where it is not exact.
pub(super) fn share(share: Share) -> String {
    let percent = |value: f32| format!("{:.1}", value * 100.0);
    if share.low >= share.high {
        return format!("{} %", percent(share.share));
    }
    let (low, high) = (percent(share.low), percent(share.high));
    format!("{} % ({low} to {high} %)", percent(share.share))
}

/// The value of an attribute, each part of a list on a line of its own.
pub(super) fn value(value: &AttributeValue) -> Vec<String> {
    match value {
        AttributeValue::Flag(true) => vec!["yes".to_owned()],
        AttributeValue::Flag(false) => vec!["no".to_owned()],
        AttributeValue::Number(number) => vec![number.to_string()],
        AttributeValue::Text(text) => vec![visible(text)],
        AttributeValue::List(list) => list.iter().map(|text| visible(text)).collect(),
        AttributeValue::Objects(list) => list.iter().map(object).collect(),
    }
}

fn object(object: &ObjectName) -> String {
    let kind = object.kind.as_str().replace('_', " ");
    let schema = object.schema.iter().map(|schema| visible(schema) + ".");
    let schema: String = schema.collect();
    format!("{kind} {schema}{}", visible(&object.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_take_the_unit_that_fits() {
        let sizes = [12, 1024, 1_572_864, 5 << 30].map(size);
        assert_eq!(sizes, ["12 bytes", "1.0 KiB", "1.5 MiB", "5.0 GiB"]);
    }

    #[test]
    fn a_share_of_all_has_no_bounds() {
        let exact = Share {
            share: 0.5,
            low: 0.5,
            high: 0.5,
        };
        let sampled = Share {
            low: 0.4,
            high: 0.61,
            ..exact
        };
        assert_eq!(share(exact), "50.0 %");
        assert_eq!(share(sampled), "50.0 % (40.0 to 61.0 %)");
    }
}
