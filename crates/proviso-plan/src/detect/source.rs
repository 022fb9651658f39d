//! Where the answers about a machine come from.

use std::{collections::BTreeMap, fs, path::Path, thread};

use serde::de::DeserializeOwned;

use super::macos::Sysctl;

/// Who is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source<'a> {
    /// The system that this program runs on.
    ThisMachine,
    /// A folder of recorded answers.
    Recorded(&'a Path),
}

/// The operating system, by what it is asked with.
pub(super) enum System<'a> {
    /// By the files of `/proc` and `/sys` below a folder.
    Linux(&'a Path),
    /// By the names of `sysctl`.
    MacOs(Sysctl),
    /// By calls.
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    Other,
}

impl<'a> Source<'a> {
    /// The operating system of the machine.
    pub(super) fn system(self) -> System<'a> {
        match self {
            Self::ThisMachine => this_system(),
            Self::Recorded(folder) => match fs::read_to_string(folder.join("sysctl.txt")) {
                Ok(text) => System::MacOs(Sysctl::Recorded(named_values(&text))),
                Err(_) => System::Linux(folder),
            },
        }
    }

    /// Threads that this process may run at once; of a recorded machine they are told by its files.
    pub(super) fn threads(self) -> Option<usize> {
        match self {
            Self::ThisMachine => Some(thread::available_parallelism().map_or(1, usize::from)),
            Self::Recorded(_) => None,
        }
    }

    /// What a library answered on a recorded machine; `None` where it was not there, or its answer cannot be read.
    pub(super) fn recorded_answer<T: DeserializeOwned>(folder: &Path, name: &str) -> Option<T> {
        serde_json::from_slice(&fs::read(folder.join(name)).ok()?).ok()
    }
}

#[cfg(target_os = "linux")]
fn this_system<'a>() -> System<'a> {
    System::Linux(Path::new("/"))
}

#[cfg(target_os = "macos")]
fn this_system<'a>() -> System<'a> {
    System::MacOs(Sysctl::ThisMachine)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn this_system<'a>() -> System<'a> {
    System::Other
}

/// The lines `name: value` that `sysctl -a` prints.
fn named_values(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}
