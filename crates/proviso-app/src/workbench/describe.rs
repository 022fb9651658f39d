//! What the application says of itself.

use proviso_core::{Category, CategoryGroup};
use proviso_encoder::{Manifest, ModelFolder};
use proviso_plan::Hardware;

use crate::{
    VERSION,
    view::{AppInfo, CategoryView, GroupView, ModelView},
};

pub(super) fn app_info(hardware: &Hardware, model: &ModelFolder) -> AppInfo {
    let manifest = model.manifest();
    AppInfo {
        version: VERSION.to_owned(),
        model: ModelView {
            name: manifest.name.clone(),
            description: manifest.description.clone(),
            sha256: model.weights_hash().to_string(),
            parameters: manifest.parameters as f64,
        },
        groups: CategoryGroup::ALL.into_iter().map(|group| group_view(group, manifest)).collect(),
        cores: hardware.cpu.available_threads as u32,
    }
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
