//! No crate that speaks to a network is built into the program. The list is that of `deny.toml`, which `cargo deny`
//! checks for every platform; here it is checked for this one, without that tool.

use std::collections::BTreeSet;
use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata};

use crate::{assert_none, files, metadata, root};

/// The names that `deny.toml` bans.
fn banned(deny: &str) -> BTreeSet<String> {
    let table: toml::Table = deny.parse().expect("deny.toml is TOML");
    let entries = table["bans"]["deny"].as_array().expect("deny.toml lists bans");
    let name = |entry: &toml::Value| entry["crate"].as_str().expect("a ban names a crate").to_owned();
    entries.iter().map(name).collect()
}

/// Names of all packages that are built into something that runs, with the one that asks for each.
fn built_in(metadata: &Metadata) -> Vec<(String, String)> {
    let nodes = &metadata.resolve.as_ref().expect("cargo resolves the workspace").nodes;
    let edges = nodes.iter().flat_map(|node| {
        let runs = |dependency: &&cargo_metadata::NodeDep| {
            dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
        };
        node.deps
            .iter()
            .filter(runs)
            .map(|to| (metadata[&to.pkg].name.to_string(), metadata[&node.id].name.to_string()))
    });
    edges.collect()
}

fn reaching_out(built_in: &[(String, String)], banned: &BTreeSet<String>) -> Vec<String> {
    let found = built_in.iter().filter(|(name, _)| banned.contains(name));
    found.map(|(name, asked_by)| format!("{name} is banned by deny.toml; {asked_by} asks for it")).collect()
}

#[test]
fn nothing_can_reach_a_network() {
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml is there");
    let banned = banned(&deny);
    assert!(banned.len() > 20, "deny.toml lists the usual crates");
    let built_in = built_in(&metadata());
    assert!(built_in.iter().any(|(name, _)| name == "serde"), "the graph was read");
    assert_none(&reaching_out(&built_in, &banned));
}

#[test]
fn no_source_names_sockets() {
    let mut violations = Vec::new();
    for folder in ["crates", "src-tauri/src"] {
        // Tests are not shipped; those of proviso-confine open sockets to see that they are refused and counted.
        let is_test = |path: &Path| path.components().any(|part| part.as_os_str() == "tests");
        for path in files(&root().join(folder), &["rs"]).into_iter().filter(|path| !is_test(path)) {
            let text = std::fs::read_to_string(&path).expect("a readable source");
            for name in ["std::net", "tokio::net", "rustix::net", "libc::connect", "libc::sendto"] {
                if text.contains(name) {
                    violations.push(format!("{} names {name}", path.display()));
                }
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn a_banned_crate_is_caught() {
    let banned = banned("[bans]\ndeny = [{ crate = \"reqwest\", reason = \"opens connections\" }]");
    let graph = [("reqwest".into(), "hub".into()), ("serde".into(), "hub".into())];
    assert_eq!(reaching_out(&graph, &banned), ["reqwest is banned by deny.toml; hub asks for it"]);
}
