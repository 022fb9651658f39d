//! The direction of the crates' dependencies, and the one owner of each heavy library.

use cargo_metadata::{DependencyKind, Metadata};

use crate::{assert_none, metadata};

/// What each crate may know of ours. A crate that is missing here may know none.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("proviso-core", &[]),
    ("proviso-answers", &["proviso-core"]),
    ("proviso-confine", &[]),
    ("proviso-disk", &[]),
    ("proviso-pdf", &["proviso-confine", "proviso-core"]),
    ("proviso-plan", &["proviso-core"]),
    ("proviso-kernels", &[]),
    ("proviso-encoder", &["proviso-core", "proviso-kernels"]),
    ("proviso-extract", &["proviso-answers", "proviso-core", "proviso-encoder"]),
    ("proviso-review", &["proviso-core"]),
    ("proviso-store", &["proviso-core", "proviso-disk"]),
    ("proviso-export", &["proviso-core", "proviso-disk"]),
    (
        "proviso-app",
        &[
            "proviso-answers",
            "proviso-confine",
            "proviso-core",
            "proviso-pdf",
            "proviso-plan",
            "proviso-encoder",
            "proviso-extract",
            "proviso-review",
            "proviso-store",
            "proviso-export",
        ],
    ),
    (
        // It uses the middle layer's types as they are: a plan's request, a record to export.
        "proviso-cli",
        &[
            "proviso-app",
            "proviso-core",
            "proviso-encoder",
            "proviso-export",
            "proviso-extract",
            "proviso-pdf",
            "proviso-plan",
        ],
    ),
    ("proviso-window", &["proviso-app", "proviso-core"]),
    // Of tests only: it stands in no other list.
    ("proviso-hostile", &[]),
];

/// Libraries by the beginning of their names, and the only crate that may name them.
const OWNERS: &[(&str, &str)] = &[
    ("landlock", "proviso-confine"),
    ("seccompiler", "proviso-confine"),
    ("candle", "proviso-encoder"),
    ("rten", "proviso-kernels"),
    ("tokenizers", "proviso-encoder"),
    ("rusqlite", "proviso-store"),
    ("nvml", "proviso-plan"),
    ("hayro", "proviso-pdf"),
    ("pdf-extract", "proviso-pdf"),
    ("lopdf", "proviso-pdf"),
    ("tauri", "proviso-window"),
];

/// One crate of ours names a package in its manifest.
struct Edge {
    from: String,
    to: String,
    kind: DependencyKind,
}

impl Edge {
    fn of(metadata: &Metadata) -> Vec<Self> {
        let packages = metadata.workspace_packages();
        let edges = packages.iter().flat_map(|package| {
            let edge = |to: &cargo_metadata::Dependency| Self {
                from: package.name.to_string(),
                to: to.name.clone(),
                kind: to.kind,
            };
            package.dependencies.iter().map(edge)
        });
        edges.collect()
    }
}

/// Tests may reach wherever they need to, so development dependencies are free here.
fn against_the_direction(edges: &[Edge]) -> Vec<String> {
    let forbidden = edges.iter().filter(|edge| {
        let may_know =
            MAY_KNOW.iter().find(|(name, _)| *name == edge.from).map_or(&[][..], |(_, known)| known);
        let ours = edge.to.starts_with("proviso-") && edge.kind != DependencyKind::Development;
        ours && !may_know.contains(&edge.to.as_str())
    });
    forbidden.map(|edge| format!("{} may not depend on {}", edge.from, edge.to)).collect()
}

fn against_the_owners(edges: &[Edge]) -> Vec<String> {
    let pairs = edges.iter().flat_map(|edge| OWNERS.iter().map(move |owner| (edge, owner)));
    let forbidden = pairs.filter(|(edge, (library, owner))| {
        let named = edge.to == *library || edge.to.starts_with(&format!("{library}-"));
        named && edge.from != *owner
    });
    forbidden
        .map(|(edge, (_, owner))| format!("{} may not name {}: only {owner} does", edge.from, edge.to))
        .collect()
}

#[test]
fn crates_depend_in_one_direction() {
    assert_none(&against_the_direction(&Edge::of(&metadata())));
}

#[test]
fn heavy_libraries_have_one_owner() {
    assert_none(&against_the_owners(&Edge::of(&metadata())));
}

#[test]
fn every_crate_has_its_place() {
    let metadata = metadata();
    let strangers = metadata.workspace_packages().into_iter().map(|package| package.name.to_string());
    let strangers =
        strangers.filter(|name| name != "proviso-tests" && MAY_KNOW.iter().all(|(n, _)| n != name));
    assert_none(&strangers.map(|name| format!("{name} is missing in MAY_KNOW")).collect::<Vec<_>>());
}

fn edge(from: &str, to: &str, kind: DependencyKind) -> Edge {
    Edge { from: from.into(), to: to.into(), kind }
}

#[test]
fn a_sideways_edge_is_caught() {
    let sideways = edge("proviso-export", "proviso-store", DependencyKind::Normal);
    let upward = edge("proviso-core", "proviso-app", DependencyKind::Build);
    assert_eq!(against_the_direction(&[sideways, upward]).len(), 2);
    let right = edge("proviso-extract", "proviso-encoder", DependencyKind::Normal);
    let in_tests = edge("proviso-export", "proviso-store", DependencyKind::Development);
    let foreign = edge("proviso-core", "serde", DependencyKind::Normal);
    assert!(against_the_direction(&[right, in_tests, foreign]).is_empty());
}

#[test]
fn a_library_out_of_place_is_caught() {
    let astray = edge("proviso-app", "candle-core", DependencyKind::Normal);
    let in_tests = edge("proviso-cli", "tauri", DependencyKind::Development);
    assert_eq!(against_the_owners(&[astray, in_tests]).len(), 2);
    let right = edge("proviso-encoder", "candle-nn", DependencyKind::Normal);
    let other = edge("proviso-app", "candlelight", DependencyKind::Normal);
    assert!(against_the_owners(&[right, other]).is_empty());
}
