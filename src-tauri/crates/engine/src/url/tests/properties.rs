//! What holds for whatever target and whatever text.

use proptest::prelude::*;

use super::*;

fn server_target() -> impl Strategy<Value = Target> {
    let text = || proptest::option::of("[^\0]{1,12}");
    let host = proptest::option::of(prop_oneof![
        "[a-zA-Z0-9.-]{1,20}",
        "(/[^\0\\p{Cc}]{0,8}){1,3}",
        "[^\0/\\s\\p{Cc}][^\0\\s\\p{Cc}]{0,8}",
        Just("fe80::1%eth0".to_owned()),
        any::<std::net::Ipv6Addr>().prop_map(|address| address.to_string()),
    ]);
    let mode = proptest::option::of(proptest::sample::select(vec![
        "off",
        "preferred",
        "verify_full",
    ]));
    let port = proptest::option::of(1..=65535_u32);
    let seconds = proptest::option::of(1..=600_u32);
    (host, port, text(), text(), mode, text(), seconds).prop_map(
        |(host, port, user, database, mode, authority, seconds)| {
            let number = |number: Option<u32>| number.map(|number| number.to_string());
            Target::new("server")
                .with(field::HOST, host.unwrap_or_default())
                .with(field::PORT, number(port).unwrap_or_default())
                .with(field::USER, user.unwrap_or_default())
                .with(field::DATABASE, database.unwrap_or_default())
                .with(field::TLS, mode.unwrap_or_default())
                .with(field::CA_FILE, authority.unwrap_or_default())
                .with(field::CONNECT_TIMEOUT, number(seconds).unwrap_or_default())
        },
    )
}

proptest! {
    #[test]
    fn a_servers_target_survives_its_string(target in server_target()) {
        let text = format(&SERVER, &target);
        let parsed = parse_among(&[&SERVER, &FILES], &text);
        let parsed = parsed.map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        prop_assert_eq!(&parsed.target, &target, "{}", text);
        prop_assert!(parsed.ignored.is_empty() && parsed.secret.is_none(), "{}", text);
    }

    #[test]
    fn a_files_target_survives_its_string(path in "/{0,3}[^\0]{1,20}", seconds in 1..=600_u32) {
        prop_assume!(path != ":memory:");
        let target = Target::new("files")
            .with(field::FILE, path)
            .with(field::CONNECT_TIMEOUT, seconds.to_string());
        let text = format(&FILES, &target);
        let parsed = parse_among(&[&SERVER, &FILES], &text);
        let parsed = parsed.map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        prop_assert_eq!(&parsed.target, &target, "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}", mark in "(server:|server://|file:|files:///|host=|)") {
        if let Err(error) = parse_among(&[&SERVER, &FILES], &format!("{mark}{text}")) {
            prop_assert!(!error.message.is_empty() && !error.hint.is_empty());
        }
    }

    #[test]
    fn no_message_holds_the_password(
        password in "[!-~]{6,24}",
        form in 0..8_usize,
    ) {
        let text = match form {
            0 => format!("server://ro:{password}@h/x"),
            1 => format!("server://ro:{password}@h:bad/x?sslmode=never"),
            2 => format!("server://ro:{password}"),
            3 => format!("host=h password={password} user=x"),
            4 => format!("host=h password='{password}' colour=red"),
            5 => format!("other://ro:{password}@h/x"),
            6 => format!("server://h/x?user=ro&password={password}&colour=red"),
            _ => format!("ro:{password}@h/x"),
        };
        let told = match parse_among(&[&SERVER, &FILES], &text) {
            Ok(parsed) => format!("{:?} {:?}", parsed.ignored, parsed.secret),
            Err(error) => format!("{error} {error:?}"),
        };
        prop_assert!(!told.contains(&password), "{} is told: {}", password, told);
    }
}
