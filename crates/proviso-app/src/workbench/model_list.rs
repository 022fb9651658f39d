//! The models that are here, with what each costs and gives.

use proviso_encoder::{ModelFolder, ModelKind};
use proviso_plan::Topic;
use proviso_store::{PrecisionWish, Preferences};

use super::{Workbench, request::request, running::Extent};
use crate::{
    AppError,
    view::{self, ModelEntryView, ModelsView},
};

/// Bytes of a megabyte.
const MB: f64 = 1e6;

impl Workbench {
    /// All models, the one that comes with Proviso first.
    pub(super) fn models_view(&self) -> Result<ModelsView, AppError> {
        let preferences = self.0.preferences();
        let models = &self.0.models;
        let reads = models.folder(&preferences)?;
        let mut entries = Vec::new();
        for found in ModelFolder::list(models.folders()) {
            match found {
                Ok(folder) => entries.push(self.entry(folder, &reads, &preferences)),
                Err(error) => entries.push(unusable(&error.to_string())),
            }
        }
        entries.sort_by_key(|entry| (entry.own, entry.fault.is_some()));
        Ok(ModelsView { models: entries, unfinished: models.library().interrupted().into_iter().next() })
    }

    fn entry(&self, folder: ModelFolder, reads: &ModelFolder, preferences: &Preferences) -> ModelEntryView {
        let manifest = folder.manifest().clone();
        let own = self.0.models.library().is_own(&folder);
        let is_reading = folder.path() == reads.path();
        let is_checking = preferences.refine_with.as_deref() == Some(manifest.name.as_str()) && !is_reading;
        let megabytes = folder.bytes() as f64 / MB;
        // Another model is judged by what is usual for it, not by numbers that were chosen for the one that reads.
        let mut wishes = preferences.clone();
        if !is_reading {
            wishes.precision = PrecisionWish::Auto;
        }
        let judged = self.judge_of(folder, &wishes, Extent::usual()).and_then(|judge| {
            let plan = judge.plan(request(&wishes))?;
            Ok((judge.seconds(&plan), plan))
        });
        let (seconds, running, fault) = match judged {
            Ok((seconds, plan)) => {
                let about = |topic: Topic| {
                    plan.reasons.iter().find(|reason| reason.about == topic).map(|reason| reason.text.clone())
                };
                (seconds, about(Topic::Placement).or_else(|| about(Topic::Memory)), None)
            }
            Err(error) => (None, None, Some(error.to_string())),
        };
        ModelEntryView {
            name: manifest.name,
            description: manifest.description,
            kind: match manifest.kind {
                ModelKind::SpanTagger => view::ModelKind::Tagger,
                ModelKind::QuestionAnswering => view::ModelKind::Questions,
            },
            parameters: manifest.parameters as f64,
            precision: manifest.precision,
            megabytes,
            own,
            reads: is_reading,
            refines: is_checking,
            aupr: manifest.scores.as_ref().map(|scores| scores.aupr),
            weighted_f1: manifest.scores.as_ref().map(|scores| scores.weighted_f1),
            seconds,
            running,
            fault,
        }
    }
}

/// A folder with a manifest that cannot be used; its message names it.
fn unusable(message: &str) -> ModelEntryView {
    ModelEntryView {
        name: String::new(),
        description: String::new(),
        kind: view::ModelKind::Tagger,
        parameters: 0.0,
        precision: String::new(),
        megabytes: 0.0,
        own: false,
        reads: false,
        refines: false,
        aupr: None,
        weighted_f1: None,
        seconds: None,
        running: None,
        fault: Some(message.to_owned()),
    }
}
