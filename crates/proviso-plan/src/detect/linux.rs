//! What Linux tells by its files.

mod adapters;
mod cgroup;
mod cores;
mod cpu;
mod cpu_list;
mod files;
mod memory;
mod power;
mod quota;

use std::path::Path;

use super::Found;
use files::Files;

/// Looks at the machine whose files lie below `root`. `threads` is what the standard library counts, if it was asked.
pub(super) fn look(root: &Path, threads: Option<usize>) -> Found {
    let files = Files::below(root);
    Found {
        cpu: cpu::cpu(files, threads),
        memory: memory::memory(files),
        power: power::power(files),
        adapters: adapters::adapters(files),
    }
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod testing;
