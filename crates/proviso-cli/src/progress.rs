//! Progress on standard error; silent where that is no terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over `total` steps with the name of what is being done.
pub fn bar(total: u64, name: &str) -> ProgressBar {
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{msg:40!} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.set_message(name.to_owned());
    bar
}
