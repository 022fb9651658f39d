//! What is told to someone who has to vouch for the application.

use serde::Serialize;
use ts_rs::TS;

/// The application, and what holds it to its promises.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AboutView {
    /// Proviso's version.
    pub version: String,
    /// Its licence.
    pub licence: String,
    /// The models that are here.
    pub models: Vec<AboutModelView>,
    /// What the process that takes PDFs apart is held to.
    pub reading_process: Vec<HeldView>,
    /// Its connections to a network.
    pub connections: ConnectionsView,
}

/// A model by what identifies it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AboutModelView {
    /// The name by which it is chosen.
    pub name: String,
    /// SHA-256 of its weights in hexadecimal.
    pub sha256: String,
    /// The licence of its weights.
    pub licence: String,
}

/// Something that the system refuses, or does not.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HeldView {
    /// What is refused, as a sentence without its full stop.
    pub what: String,
    /// Whether the system holds the process to it.
    pub holds: bool,
    /// What is missing, or why it does not hold; null where it holds wholly.
    pub but: Option<String>,
}

/// Connections to a network.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ConnectionsView {
    /// How many; null where the system does not tell.
    pub count: Option<u32>,
    /// Whether that counts since the start, or only now.
    pub since_start: bool,
    /// How it is known, in sentences.
    pub text: String,
}
