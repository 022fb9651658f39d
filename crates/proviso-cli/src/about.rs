//! `proviso about`.

use proviso_app::view::AboutView;
use proviso_encoder::ModelFolder;
use proviso_pdf::worker::PdfReader;

use crate::{Outcome, environment, output};

pub fn run() -> anyhow::Result<Outcome> {
    let mut models = Vec::new();
    let mut outcome = Outcome::Complete;
    for found in ModelFolder::list(&environment::models_folders()?) {
        match found {
            Ok(model) => models.push(model),
            Err(error) => {
                output::complain(&format!("error: {error}"));
                outcome = Outcome::SomeFailed;
            }
        }
    }
    let about = proviso_app::about(&models, &PdfReader::new(environment::program()?));
    output::print(text(&about).as_bytes())?;
    Ok(outcome)
}

fn text(about: &AboutView) -> String {
    let mut text = format!("Proviso {}, under {}\n\nModels:\n", about.version, about.licence);
    for model in &about.models {
        text += &format!("    {}  sha256 {}  {}\n", model.name, model.sha256, model.licence);
    }
    text += "\nThe process that takes PDFs apart:\n";
    for held in &about.reading_process {
        let but = held.but.as_ref().map_or_else(String::new, |but| format!(": {but}"));
        text += &format!("    {}: {}{but}\n", held.what, if held.holds { "yes" } else { "NO" });
    }
    let connections = &about.connections;
    let when = if connections.since_start { "since the start" } else { "open now" };
    let count = connections.count.map_or_else(|| "not known".to_owned(), |count| count.to_string());
    text + &format!("\nConnections {when}: {count}\n    {}\n", connections.text)
}
