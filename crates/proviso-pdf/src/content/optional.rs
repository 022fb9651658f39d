//! Optional content ("layers"): what the document switches off is not read.

use std::collections::HashSet;

use hayro_syntax::object::dict::keys::{BASE_STATE, D, OCGS, OCPROPERTIES, OFF, ON, P, TYPE};
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};
use hayro_syntax::xref::XRef;

/// The layers that the document's own configuration hides.
#[derive(Debug, Default)]
pub struct OptionalContent {
    hidden: HashSet<ObjectIdentifier>,
}

impl OptionalContent {
    pub fn of_document(xref: &XRef) -> Self {
        let configured = || -> Option<HashSet<ObjectIdentifier>> {
            let catalog = xref.get::<Dict<'_>>(xref.root_id())?;
            let properties = catalog.get::<Dict<'_>>(OCPROPERTIES)?;
            let configuration = properties.get::<Dict<'_>>(D)?;
            let mut hidden = HashSet::new();
            if configuration.get::<Name<'_>>(BASE_STATE).is_some_and(|state| state.as_str() == "OFF") {
                hidden.extend(references(&properties, OCGS));
            }
            for shown in references(&configuration, ON) {
                hidden.remove(&shown);
            }
            hidden.extend(references(&configuration, OFF));
            Some(hidden)
        };
        Self { hidden: configured().unwrap_or_default() }
    }

    /// Whether what `owner` marks by its entry `key` is shown.
    pub fn shows(&self, owner: &Dict<'_>, key: &[u8]) -> bool {
        if self.hidden.is_empty() {
            return true;
        }
        let Some(group) = owner.get::<Dict<'_>>(key) else {
            return true;
        };
        if group.get::<Name<'_>>(TYPE).is_some_and(|kind| kind.as_str() == "OCMD") {
            return self.shows_members(&group);
        }
        owner.get_ref(key).is_none_or(|reference| !self.hidden.contains(&reference.into()))
    }

    fn shows_members(&self, membership: &Dict<'_>) -> bool {
        let mut groups = references(membership, OCGS);
        if let Some(single) = membership.get_ref(OCGS).filter(|_| groups.is_empty()) {
            groups.push(single.into());
        }
        if groups.is_empty() {
            return true;
        }
        let hidden = |id: &ObjectIdentifier| self.hidden.contains(id);
        let policy = membership.get::<Name<'_>>(P);
        match policy.as_ref().map_or("AnyOn", |name| name.as_str()) {
            "AllOn" => !groups.iter().any(hidden),
            "AnyOff" => groups.iter().any(hidden),
            "AllOff" => groups.iter().all(hidden),
            _ => !groups.iter().all(hidden),
        }
    }
}

fn references(owner: &Dict<'_>, key: &[u8]) -> Vec<ObjectIdentifier> {
    let Some(list) = owner.get::<Array<'_>>(key) else {
        return Vec::new();
    };
    list.raw_iter().filter_map(|item| item.as_obj_ref().map(Into::into)).collect()
}
