//! Connection strings and fields, kept two-way; a pasted password stays here.

use engine::url;
use model::{ConnectionDraft, Secret, Target};

use crate::Error;
use crate::studio::{Studio, locked};
use crate::view::{FieldProblem, ParsedString};

/// Pasted passwords that are kept at most; the oldest goes first.
const TICKETS: usize = 16;

impl Studio {
    /// Understands a connection string; a password in it stays behind a ticket.
    ///
    /// # Errors
    /// A string that no engine understands.
    pub async fn parse_connection_string(&self, text: Secret) -> Result<ParsedString, Error> {
        self.signed_in()?;
        let parsed = url::parse(&self.inner.parts.registry, text.expose())?;
        let descriptor = self.engine(&parsed.target.engine)?.descriptor();
        Ok(ParsedString {
            text: url::format(descriptor, &parsed.target),
            password_ticket: parsed.secret.map(|secret| self.keep_ticket(secret)),
            suggested_name: parsed.name_hint,
            ignored: parsed.ignored,
            target: parsed.target,
        })
    }

    /// Writes a target as a connection string without password.
    ///
    /// # Errors
    /// An unknown engine.
    pub async fn format_connection_string(&self, target: Target) -> Result<String, Error> {
        self.signed_in()?;
        Ok(url::format(
            self.engine(&target.engine)?.descriptor(),
            &target,
        ))
    }

    /// Says what is wrong with the fields of a target.
    ///
    /// # Errors
    /// An unknown engine.
    pub async fn validate_target(&self, target: Target) -> Result<Vec<FieldProblem>, Error> {
        self.signed_in()?;
        let problems = url::validate(self.engine(&target.engine)?.descriptor(), &target);
        let told = |problem: url::FieldProblem| FieldProblem {
            field: problem.field,
            message: problem.message,
            hint: problem.hint,
        };
        Ok(problems.into_iter().map(told).collect())
    }

    /// Refuses a draft whose target or colour cannot be used.
    pub(crate) fn check_draft(&self, draft: &ConnectionDraft) -> Result<(), Error> {
        check_target(
            self.engine(&draft.target.engine)?.descriptor(),
            &draft.target,
        )?;
        let digits = draft.colour.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Ok(());
        }
        Err(Error::Field {
            field: "colour".to_owned(),
            message: "The colour is not of the form #rrggbb.".to_owned(),
            hint: "Choose one of the colours.".to_owned(),
        })
    }

    fn keep_ticket(&self, secret: Secret) -> u32 {
        let ticket = self.next_number();
        let mut tickets = locked(&self.inner.tickets);
        tickets.insert(ticket, secret);
        while tickets.len() > TICKETS {
            let Some(oldest) = tickets.keys().min().copied() else {
                break;
            };
            tickets.remove(&oldest);
        }
        ticket
    }
}

/// Refuses a target with the first thing that is wrong with it.
pub(crate) fn check_target(
    descriptor: &'static model::EngineDescriptor,
    target: &Target,
) -> Result<(), Error> {
    match url::validate(descriptor, target).into_iter().next() {
        None => Ok(()),
        Some(url::FieldProblem {
            field,
            message,
            hint,
        }) => Err(Error::Field {
            field,
            message,
            hint,
        }),
    }
}
