//! Questions outside of a reading: one message each time, so that they pass through
//! a pooler too.

use engine::OpContext;
use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Either, Error};

use crate::connect::local_settings;
use crate::inspect::HARMLESS;
use crate::types::literal;
use crate::variant::Facts;

/// All rows of the answer to a question, whose `$1` and so on stand for `values`.
pub(crate) async fn rows(
    connection: &mut PgConnection,
    facts: &Facts,
    sql: &'static str,
    values: &[&str],
    cx: &OpContext,
) -> Result<Vec<PgRow>, Error> {
    let mut answers = answers(connection, facts, &[sql], values, cx).await?;
    Ok(answers.pop().unwrap_or_default())
}

/// All rows of the answers to several questions, asked in one round trip.
pub(crate) async fn answers(
    connection: &mut PgConnection,
    facts: &Facts,
    questions: &[&'static str],
    values: &[&str],
    cx: &OpContext,
) -> Result<Vec<Vec<PgRow>>, Error> {
    let mut batch = Vec::new();
    if facts.pooled {
        // All statements are one message, and so one transaction on one session.
        batch.push(local_settings(facts.statement_timeout));
    }
    for sql in questions {
        cx.observer().statement(sql);
        batch.push(filled(&sql.replace("{harmless}", HARMLESS), values));
    }
    let mut answers: Vec<_> = batch.iter().map(|_| Vec::new()).collect();
    let mut current = answers.iter_mut();
    let mut rows = current.next();
    let mut stream = sqlx::raw_sql(AssertSqlSafe(batch.join(";\n"))).fetch_many(connection);
    while let Some(answer) = stream.try_next().await? {
        match (answer, &mut rows) {
            (Either::Right(row), Some(rows)) => rows.push(row),
            (Either::Right(_), None) => {}
            (Either::Left(_), rows) => *rows = current.next(),
        }
    }
    answers.drain(..answers.len() - questions.len());
    Ok(answers)
}

/// The question with each `$n` replaced by the n-th value, as the server reads texts.
fn filled(sql: &str, values: &[&str]) -> String {
    let mut text = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once('$') {
        text.push_str(before);
        let number = after.chars().next().and_then(|digit| digit.to_digit(10));
        let value = number.and_then(|number| values.get(number.checked_sub(1)? as usize));
        match value {
            Some(value) => {
                text.push_str(&literal(value));
                rest = after.get(1..).unwrap_or_default();
            }
            None => {
                text.push('$');
                rest = after;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn values_cannot_be_mistaken_for_the_question() {
        assert_eq!(
            filled("SELECT $1, $2", &["$2' --", "b\\"]),
            "SELECT '$2'' --', E'b\\\\'",
            "what a value holds is no mark and ends no text"
        );
        assert_eq!(
            filled("n !~ '^a$' AND $1 = ''", &["x"]),
            "n !~ '^a$' AND 'x' = ''",
            "a dollar that is no mark stays"
        );
    }
}
