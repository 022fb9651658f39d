//! What the folders of `ui/src` may import.

use std::path::{Component, Path, PathBuf};

use crate::{assert_none, files, root};

/// Folders of `ui/src`, and the ones whose modules they may use beside their own.
const MAY_USE: &[(&str, &[&str])] = &[
    ("app", &["viewer", "findings", "matrix", "preferences", "state", "backend", "shared"]),
    ("viewer", &["state", "backend", "shared"]),
    ("findings", &["state", "backend", "shared"]),
    ("matrix", &["state", "backend", "shared"]),
    ("preferences", &["state", "backend", "shared"]),
    ("state", &["backend", "shared"]),
    ("backend", &[]),
    ("shared", &[]),
];

/// The module beside the folders that tests, and nothing else, may import.
const TEST_BACKEND: &str = "testBackend";

/// Packages by the beginning of their names, and the only folder that may import them.
const OWNERS: &[(&str, &str)] = &[("@tauri-apps/", "backend"), ("pdfjs-dist", "viewer")];

/// The modules that a TypeScript source names in `import`, `export from` and `import()`.
fn imports(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for keyword in ["from", "import", "import("] {
        for (at, _) in text.match_indices(keyword) {
            let starts = at == 0 || !text[..at].ends_with(|c: char| c.is_alphanumeric() || "_$.".contains(c));
            let rest = text[at + keyword.len()..].trim_start();
            if let Some(quote) = rest.chars().next().filter(|c| "'\"".contains(*c))
                && let Some(module) = rest[1..].split(quote).next()
                && starts
                && !module.contains(char::is_whitespace)
            {
                found.push(module);
            }
        }
    }
    found
}

/// The folder of `ui/src` in which an imported module lies; `None` for packages and for modules beside `ui/src`.
fn folder_of(importer: &Path, module: &str) -> Option<String> {
    if !module.starts_with('.') {
        return None;
    }
    let mut path = PathBuf::new();
    for part in importer.parent()?.join(module).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    Some(path.components().next()?.as_os_str().to_string_lossy().into_owned())
}

/// `importer` is relative to `ui/src`.
fn in_a_module(importer: &Path, text: &str) -> Vec<String> {
    let mut parts = importer.components();
    let from = parts.next().map(|part| part.as_os_str().to_string_lossy().into_owned()).unwrap_or_default();
    if parts.next().is_none() {
        // Beside the folders lies only what tests stand on.
        return Vec::new();
    }
    let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| *name == from) else {
        return vec![format!("{}: the folder is missing in MAY_USE", importer.display())];
    };
    let is_test = importer.to_string_lossy().contains(".test.");
    let forbidden = imports(text).into_iter().filter(|module| {
        let owned = OWNERS.iter().any(|(package, owner)| module.starts_with(package) && from != *owner);
        let astray = folder_of(importer, module).is_some_and(|to| {
            let for_tests = is_test && to == TEST_BACKEND;
            to != from && !for_tests && !may_use.contains(&to.as_str())
        });
        owned || astray
    });
    forbidden.map(|module| format!("{} may not import {module}", importer.display())).collect()
}

#[test]
fn folders_of_the_interface_import_in_one_direction() {
    let sources = root().join("ui/src");
    let mut violations = Vec::new();
    for path in files(&sources, &["ts", "tsx"]) {
        let text = std::fs::read_to_string(&path).expect("a readable module");
        violations.extend(in_a_module(path.strip_prefix(&sources).expect("a path in ui/src"), &text));
    }
    assert_none(&violations);
}

#[test]
fn imports_are_found() {
    let text = "import { a } from \"../state/a\";\nimport './b.css';\nexport * from '@tauri-apps/api';\n\
                const c = await import(\"pdfjs-dist\");\nconst d = \"from 'here' to there\";";
    let mut found = imports(text);
    found.sort_unstable();
    assert_eq!(found, ["../state/a", "./b.css", "@tauri-apps/api", "here", "pdfjs-dist"]);
}

#[test]
fn a_forbidden_import_is_caught() {
    let violations = |importer: &str, text: &str| in_a_module(Path::new(importer), text).len();
    assert_eq!(violations("findings/list.tsx", "import { Page } from '../viewer/page';"), 1);
    assert_eq!(violations("shared/button.tsx", "import { store } from '../state/store';"), 1);
    assert_eq!(violations("state/store.ts", "import { invoke } from '@tauri-apps/api/core';"), 1);
    assert_eq!(violations("app/main.tsx", "import * as pdf from 'pdfjs-dist';"), 1);
    assert_eq!(violations("somewhere/else.ts", ""), 1);
    assert_eq!(violations("state/store.ts", "import { backend } from '../testBackend';"), 1);
    assert_eq!(violations("state/store.test.ts", "import { backend } from '../testBackend';"), 0);
    assert_eq!(
        violations("findings/list.tsx", "import { store } from '../state/store'; import './list.css';"),
        0
    );
    assert_eq!(violations("backend/tauri.ts", "import { invoke } from '@tauri-apps/api/core';"), 0);
    assert_eq!(violations("viewer/parts/page.tsx", "import { zoom } from '../zoom';"), 0);
}
