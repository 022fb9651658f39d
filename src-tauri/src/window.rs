//! The one window: how it appears, its colours, and what is dropped on it.

use std::path::PathBuf;

use proviso_app::view::Theme;
use proviso_app::{NetworkReason, display_is_remote, pdf_files};
use tauri::webview::{Color, PageLoadEvent};
use tauri::{AppHandle, DragDropEvent, Emitter, Manager, WebviewWindow, WebviewWindowBuilder, WindowEvent};

use crate::commands::shown;
use crate::session::Session;

const LABEL: &str = "main";

/// Paths of contracts that were dropped on the window.
const OFFERED: &str = "documents-offered";
/// Whether files are held over the window.
const HOVER: &str = "documents-hover";

/// The page's own ground in light and in dark, so that no other colour is seen before it is drawn.
const LIGHT_GROUND: Color = Color(0xff, 0xff, 0xff, 0xff);
const DARK_GROUND: Color = Color(0x19, 0x1d, 0x25, 0xff);

/// Why the window cannot do without connections, if there is a reason: tests drive it over one, as Tauri allows where this
/// variable is set, and a display may be another computer's.
pub fn needs_connections() -> Option<NetworkReason> {
    if std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some() {
        return Some(NetworkReason::Driven);
    }
    let on_wayland = std::env::var_os("WAYLAND_DISPLAY").is_some();
    let remote = std::env::var("DISPLAY").is_ok_and(|display| display_is_remote(&display));
    (remote && !on_wayland).then_some(NetworkReason::RemoteDisplay)
}

/// Opens the window, unseen until its page has been loaded.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let config = app.config().app.windows.iter().find(|window| window.label == LABEL);
    let config = config.ok_or(tauri::Error::WindowNotFound)?;
    let window = WebviewWindowBuilder::from_config(app, config)?
        .background_color(LIGHT_GROUND)
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Finished {
                // A window that is gone need not be shown.
                drop(window.show());
            }
        })
        .build()?;
    let dark = window.theme().is_ok_and(|theme| theme == tauri::Theme::Dark);
    if dark {
        window.set_background_color(Some(DARK_GROUND))?;
    }
    if let Some(workbench) = app.state::<Session>().workbench() {
        follow_theme(app, workbench.preferences().preferences.theme);
    }
    let target = window.clone();
    window.on_window_event(move |event| on_event(&target, event));
    Ok(())
}

/// Makes the frame, the dialogs and the page's preferred colours those of `theme`.
pub fn follow_theme(app: &AppHandle, theme: Theme) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    let theme = match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    };
    // Neither call can fail while the window stands, and none is needed once it is gone.
    drop(window.set_theme(theme));
    let dark = theme.or_else(|| window.theme().ok()) == Some(tauri::Theme::Dark);
    drop(window.set_background_color(Some(if dark { DARK_GROUND } else { LIGHT_GROUND })));
}

fn on_event(window: &WebviewWindow, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    match event {
        DragDropEvent::Enter { .. } => tell(window, HOVER, true),
        DragDropEvent::Leave => tell(window, HOVER, false),
        DragDropEvent::Drop { paths, .. } => {
            tell(window, HOVER, false);
            offer(window.clone(), paths.clone());
        }
        _ => {}
    }
}

/// Looks through dropped folders, which can take a while, and offers the contracts in them.
fn offer(window: WebviewWindow, paths: Vec<PathBuf>) {
    tauri::async_runtime::spawn_blocking(move || tell(&window, OFFERED, shown(pdf_files(&paths))));
}

fn tell(window: &WebviewWindow, event: &str, payload: impl serde::Serialize + Clone) {
    // The page hears nothing once its window is gone.
    drop(window.emit(event, payload));
}
