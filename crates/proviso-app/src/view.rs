//! What crosses to the user interface: plain data with TypeScript bindings generated from it into
//! `ui/src/backend/generated`. Field names are camelCase there; pages are counted from 1.

mod about;
mod backups;
mod document;
mod error;
mod info;
mod matrix;
mod measuring;
mod models;
mod preferences;
mod queue;
mod reading;
mod refining;
mod reviewing;
mod running;

pub use about::{AboutModelView, AboutView, ConnectionsView, HeldView};
pub use backups::{BackupView, BackupsView};
pub use document::{DocumentView, LaunchView, MarkView, OpenProgress, PageView, RectView, WarningView};
pub use error::{ErrorCode, ErrorView};
pub use info::{AppInfo, CategoryView, DialView, GroupView, ModelView};
pub use matrix::{CellName, CellState, MatrixCellView, MatrixRowView, MatrixView};
pub use measuring::{CurvePoint, CurveView, LevelView, MeasureProgress, MeasurementsView};
pub use models::{ImportProgress, ImportRequest, ModelEntryView, ModelKind, ModelsView};
pub use preferences::{DeviceWish, OwnQuestion, PrecisionWish, Preferences, PreferencesView, Speed, Theme};
pub use queue::{QueueAction, QueueEntryView, QueueMove, QueueStage, QueueStateView, QueueUpdate};
pub use reading::{ExportFormat, ExportedView, FindingView, ReadProgress, ReadingView};
pub use refining::{CheckState, CheckView, FindingCheckView, RefineProgress};
pub use reviewing::{
    CarriedView, DecisionView, FindingReviewView, LostClauseView, OriginView, ReviewAction, ReviewView,
    SelectedView,
};
pub use running::{ChoiceView, ChoicesView, PlanView, ReasonView, RunningPreference, RunningView};
