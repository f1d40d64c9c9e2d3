//! How the server spells its own types with their modifiers; pure.

/// Types whose modifiers are spelled here, and those of arrays of them.
const MODIFIED: [(u32, u32, Spelled); 10] = [
    (BPCHAR, 1014, |n| Some(format!("character({})", n - HEADER))),
    (VARCHAR, 1015, |n| {
        Some(format!("character varying({})", n - HEADER))
    }),
    (1700, 1231, numeric),
    (1560, 1561, |n| Some(format!("bit({n})"))),
    (1562, 1563, |n| Some(format!("bit varying({n})"))),
    (1083, 1183, |n| Some(format!("time({n}) without time zone"))),
    (1266, 1270, |n| Some(format!("time({n}) with time zone"))),
    (1114, 1115, |n| {
        Some(format!("timestamp({n}) without time zone"))
    }),
    (1184, 1185, |n| {
        Some(format!("timestamp({n}) with time zone"))
    }),
    (1186, 1187, interval),
];

const BPCHAR: u32 = 1042;
const VARCHAR: u32 = 1043;

type Spelled = fn(i32) -> Option<String>;

/// What the server adds to a length or to the digits of a number.
const HEADER: i32 = 4;

/// The numbers of the types whose modifiers are spelled here, as a list in a statement.
pub(crate) fn modified_types() -> String {
    let numbers: Vec<_> = MODIFIED
        .iter()
        .flat_map(|(id, array, _)| [id.to_string(), array.to_string()])
        .collect();
    format!("{{{}}}", numbers.join(","))
}

/// A type of the server with a modifier, in the server's own spelling; nothing for types
/// that only the server can spell.
pub(crate) fn with_modifier(id: u32, modifier: i32) -> Option<String> {
    MODIFIED.iter().find_map(|(plain, array, spelled)| {
        if id == *plain {
            spelled(modifier)
        } else if id == *array {
            spelled(modifier).map(|text| text + "[]")
        } else {
            None
        }
    })
}

fn numeric(modifier: i32) -> Option<String> {
    let digits = modifier - HEADER;
    let (precision, scale) = ((digits >> 16) & 0xffff, digits & 0x7ff);
    // Eleven bits with a sign.
    Some(format!("numeric({precision},{})", (scale ^ 1024) - 1024))
}

fn interval(modifier: i32) -> Option<String> {
    const MONTH: i32 = 1 << 1;
    const YEAR: i32 = 1 << 2;
    const DAY: i32 = 1 << 3;
    const HOUR: i32 = 1 << 10;
    const MINUTE: i32 = 1 << 11;
    const SECOND: i32 = 1 << 12;
    const ALL: i32 = 0x7fff;
    const ANY_PRECISION: i32 = 0xffff;
    let (fields, precision) = ((modifier >> 16) & 0x7fff, modifier & 0xffff);
    let words = [
        (YEAR, " year"),
        (MONTH, " month"),
        (DAY, " day"),
        (HOUR, " hour"),
        (MINUTE, " minute"),
        (SECOND, " second"),
        (YEAR | MONTH, " year to month"),
        (DAY | HOUR, " day to hour"),
        (DAY | HOUR | MINUTE, " day to minute"),
        (DAY | HOUR | MINUTE | SECOND, " day to second"),
        (HOUR | MINUTE, " hour to minute"),
        (HOUR | MINUTE | SECOND, " hour to second"),
        (MINUTE | SECOND, " minute to second"),
        (ALL, ""),
    ];
    let (_, words) = words.iter().find(|(known, _)| *known == fields)?;
    Some(if precision == ANY_PRECISION {
        format!("interval{words}")
    } else {
        format!("interval{words}({precision})")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_are_spelled_as_the_server_does() {
        // As PostgreSQL 15 and 18 answer `format_type(id, modifier)`.
        for (id, modifier, expected) in [
            (VARCHAR, 84, "character varying(80)"),
            (1015, 84, "character varying(80)[]"),
            (BPCHAR, 5, "character(1)"),
            (1700, ((12 << 16) | 2) + 4, "numeric(12,2)"),
            (1700, ((3 << 16) | 0x7fb) + 4, "numeric(3,-5)"),
            (1231, (1000 << 16) + 4, "numeric(1000,0)[]"),
            (1560, 3, "bit(3)"),
            (1562, 8, "bit varying(8)"),
            (1083, 0, "time(0) without time zone"),
            (1270, 6, "time(6) with time zone[]"),
            (1114, 3, "timestamp(3) without time zone"),
            (1184, 2, "timestamp(2) with time zone"),
            (1186, 0x7fff_0003, "interval(3)"),
            (1186, (0x1c08 << 16) | 0x0002, "interval day to second(2)"),
            (1186, (0x0004 << 16) | 0xffff, "interval year"),
        ] {
            assert_eq!(
                with_modifier(id, modifier).as_deref(),
                Some(expected),
                "type {id} with {modifier}"
            );
        }
        assert_eq!(with_modifier(16_400, 5), None, "people's own are not known");
    }
}
