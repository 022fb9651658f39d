//! Progress on standard error; silent where that is no terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over `total` steps with the name of what is being done.
pub fn bar(total: u64, name: &str) -> ProgressBar {
    styled(total, name, "{msg:40!} {wide_bar} {pos}/{len} {eta}")
}

/// A bar over bytes, whose number becomes known later.
pub fn bytes(name: &str) -> ProgressBar {
    styled(0, name, "{msg:40!} {wide_bar} {bytes}/{total_bytes} {eta}")
}

fn styled(total: u64, name: &str, template: &str) -> ProgressBar {
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(name.to_owned());
    bar
}
