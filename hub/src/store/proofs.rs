//! Second proofs of people: the sealed secret in their row, and the hashes of recovery codes.

use super::Tx;

/// Writes a new secret; it has not been shown to work yet.
pub async fn set_secret(tx: &mut Tx, person: &str, sealed: &str) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("UPDATE people SET proof_secret = $2, proof_confirmed = FALSE, proof_counted = 0 WHERE id = $1")
            .bind(person).bind(sealed).execute(p).await.map(drop)
    })
}

/// Uses a code up: it has been shown to work. False if this code or a later one was used before.
pub async fn use_code(tx: &mut Tx, person: &str, counted: i64) -> Result<bool, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("UPDATE people SET proof_counted = $2, proof_confirmed = TRUE WHERE id = $1 AND proof_counted < $2")
            .bind(person).bind(counted).execute(p).await.map(|it| it.rows_affected() == 1)
    })
}

/// Takes the second proof away, with its recovery codes' secret (an administrator helps somebody who lost both).
pub async fn clear_secret(tx: &mut Tx, person: &str) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("UPDATE people SET proof_secret = NULL, proof_confirmed = FALSE, proof_counted = 0 WHERE id = $1")
            .bind(person).execute(p).await.map(drop)
    })
}

/// Forgets all recovery codes of a person.
pub async fn clear_codes(tx: &mut Tx, person: &str) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => sqlx::query("DELETE FROM recovery_codes WHERE person = $1").bind(person).execute(p).await.map(drop))
}

/// Writes a recovery code's hash.
pub async fn add_code(tx: &mut Tx, person: &str, code_hash: &str) -> Result<(), sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("INSERT INTO recovery_codes (person, code_hash) VALUES ($1, $2)")
            .bind(person).bind(code_hash).execute(p).await.map(drop)
    })
}

/// Uses a recovery code up. False if there is no such code (any more).
pub async fn use_recovery(tx: &mut Tx, person: &str, code_hash: &str) -> Result<bool, sqlx::Error> {
    on!(tx.tx, p => {
        sqlx::query("DELETE FROM recovery_codes WHERE person = $1 AND code_hash = $2")
            .bind(person).bind(code_hash).execute(p).await.map(|it| it.rows_affected() == 1)
    })
}
