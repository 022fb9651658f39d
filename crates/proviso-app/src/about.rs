//! What Proviso says of itself to someone who has to vouch for it: version, models by their hashes, what holds the process
//! that reads contracts, and its connections.

use std::sync::OnceLock;

use proviso_confine::{Held, connections, network};
use proviso_encoder::ModelFolder;
use proviso_pdf::worker::PdfReader;

use crate::{
    VERSION,
    view::{AboutModelView, AboutView, ConnectionsView, HeldView},
};

/// Under which licences Proviso can be had.
const LICENCE: &str = "MIT or Apache-2.0, as you prefer";

/// What became of giving up connections at the start.
static NETWORK: OnceLock<Held> = OnceLock::new();

/// Gives up every connection beyond this computer, unless there is a reason against it. To be called in `main`, after
/// [`run_worker_if_asked`](crate::run_worker_if_asked) and before anything else.
pub fn give_up_network(against: Option<network::Reason>) {
    NETWORK.get_or_init(|| network::give_up(against));
}

/// What is told of this program, with the models that are here and a reading process that is started to be asked.
pub fn about(models: &[ModelFolder], reader: &PdfReader) -> AboutView {
    AboutView {
        version: VERSION.to_owned(),
        licence: LICENCE.to_owned(),
        models: models.iter().map(about_model).collect(),
        reading_process: about_reading(reader),
        connections: about_connections(NETWORK.get(), connections::open_now()),
    }
}

fn about_model(model: &ModelFolder) -> AboutModelView {
    let manifest = model.manifest();
    AboutModelView {
        name: manifest.name.clone(),
        sha256: model.weights_hash().to_string(),
        licence: manifest.licence.clone(),
    }
}

fn about_reading(reader: &PdfReader) -> Vec<HeldView> {
    match reader.confinement() {
        Ok(confinement) => vec![
            held(
                "It can open no file and no TCP connection, and signal no other program (Landlock)",
                &confinement.files,
            ),
            held(
                "It can make no system call but the few that parsing needs: no socket, no program, no file (seccomp)",
                &confinement.calls,
            ),
        ],
        Err(error) => {
            vec![HeldView {
                what: "It could not be asked".into(),
                holds: false,
                but: Some(error.to_string()),
            }]
        }
    }
}

fn held(what: &str, held: &Held) -> HeldView {
    let but = match held {
        Held::Fully => None,
        Held::Partly(but) | Held::Not(but) => Some(but.clone()),
    };
    HeldView { what: what.to_owned(), holds: held.holds(), but }
}

/// Where the system refuses connections there were none; elsewhere only those can be counted that are open.
fn about_connections(network: Option<&Held>, open: Option<u32>) -> ConnectionsView {
    match (network, open) {
        (Some(Held::Fully), Some(0) | None) => ConnectionsView {
            count: Some(0),
            since_start: true,
            text: "At its start Proviso gave up every connection beyond this computer, for itself and all that it \
                   starts, and the system has refused them since."
                .into(),
        },
        (held, open) => {
            let why = match held {
                Some(Held::Not(why) | Held::Partly(why)) => format!(" ({why})"),
                Some(Held::Fully) | None => String::new(),
            };
            let counted = match open {
                Some(_) => "Counted are the sockets to a network that Proviso and all that it started have open now.",
                None => "This system does not tell which sockets a program has open.",
            };
            ConnectionsView {
                count: open,
                since_start: false,
                text: format!("The system does not refuse connections to Proviso here{why}. {counted}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_since_the_start_is_said_only_where_the_system_refuses_them() {
        let refused = about_connections(Some(&Held::Fully), Some(0));
        assert_eq!((refused.count, refused.since_start), (Some(0), true));
        let driven = Held::Not("the window is driven by a test".into());
        let open = about_connections(Some(&driven), Some(2));
        assert_eq!((open.count, open.since_start), (Some(2), false));
        assert!(open.text.contains("driven by a test"), "{}", open.text);
        // A filter that lets something through must not hide it.
        assert!(!about_connections(Some(&Held::Fully), Some(1)).since_start);
        assert_eq!(about_connections(None, None).count, None);
    }

    #[test]
    fn what_does_not_hold_says_why() {
        let partly = held("Files", &Held::Partly("an old kernel".into()));
        assert!(partly.holds && partly.but.as_deref() == Some("an old kernel"));
        let dead = about_reading(&PdfReader::new("/no/such/program".into()));
        assert!(!dead[0].holds && dead[0].but.is_some());
    }
}
