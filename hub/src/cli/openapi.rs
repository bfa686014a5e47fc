//! `hub openapi`: the API's own description, for types and other programs.

/// Prints the document as JSON.
pub fn run() -> Result<(), String> {
    let text = serde_json::to_string_pretty(&hub::http::openapi()).map_err(|cause| cause.to_string())?;
    super::say(&text);
    Ok(())
}
