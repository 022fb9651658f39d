//! What the application says of itself.

use proviso_core::{Category, CategoryGroup};
use proviso_encoder::{DialSetting, Manifest, ModelFolder};
use proviso_plan::Hardware;
use proviso_store::OwnQuestion;

use crate::{
    VERSION,
    reading::OWN_THRESHOLD,
    view::{AppInfo, CategoryView, DialView, GroupView, ModelView},
};

/// The heading of the person's own categories.
const OWN: &str = "Your own questions";

pub(super) fn app_info(hardware: &Hardware, model: &ModelFolder, own: &[OwnQuestion]) -> AppInfo {
    let manifest = model.manifest();
    let groups = CategoryGroup::ALL.into_iter().map(|group| group_view(group, manifest));
    AppInfo {
        version: VERSION.to_owned(),
        model: ModelView {
            name: manifest.name.clone(),
            description: manifest.description.clone(),
            sha256: model.weights_hash().to_string(),
            parameters: manifest.parameters as f64,
        },
        groups: groups.chain(own_group(own)).collect(),
        dial: manifest.dial.iter().map(dial_view).collect(),
        cores: hardware.cpu.available_threads as u32,
    }
}

fn dial_view(setting: &DialSetting) -> DialView {
    let DialSetting { miss_one_in, threshold, recall, false_alarms } = *setting;
    DialView { miss_one_in, threshold, recall, false_alarms }
}

/// The person's own categories, if there are any.
fn own_group(own: &[OwnQuestion]) -> Option<GroupView> {
    let category = |question: &OwnQuestion| CategoryView {
        name: question.name.clone(),
        question: question.question.clone(),
        threshold: OWN_THRESHOLD,
    };
    let categories: Vec<_> = own.iter().map(category).collect();
    (!categories.is_empty()).then(|| GroupView { title: OWN.to_owned(), categories })
}

fn group_view(group: CategoryGroup, manifest: &Manifest) -> GroupView {
    let categories = Category::ALL.into_iter().filter(|category| category.group() == group);
    GroupView {
        title: group.title().to_owned(),
        categories: categories
            .map(|category| CategoryView {
                name: category.name().to_owned(),
                question: category.question().to_owned(),
                threshold: manifest.threshold(category),
            })
            .collect(),
    }
}
