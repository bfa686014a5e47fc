//! `hub asyncapi`: the socket's own description.

/// Prints the document as JSON.
pub fn run() -> Result<(), String> {
    let text = serde_json::to_string_pretty(&hub::asyncapi::document()).map_err(|cause| cause.to_string())?;
    super::say(&text);
    Ok(())
}
