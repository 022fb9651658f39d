//! What crosses to the user interface: plain data with TypeScript bindings generated from it into
//! `ui/src/backend/generated`. Field names are camelCase there; pages are counted from 1.

mod document;
mod error;
mod info;
mod preferences;
mod reading;

pub use document::{DocumentView, MarkView, OpenProgress, PageView, RectView, WarningView};
pub use error::{ErrorCode, ErrorView};
pub use info::{AppInfo, CategoryView, GroupView, ModelView};
pub use preferences::{Preferences, PreferencesView, Speed, Theme};
pub use reading::{ExportLayout, ExportedView, FindingView, ReadProgress, ReadingView};
