//! What the kernel tells of a process in one line.

use std::{fs, path::Path};

/// Fields of `/proc/PID/stat` (proc_pid_stat(5)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessStat {
    /// The process that started it, or that took it on.
    pub parent: u32,
    /// Clock ticks that it computed, in the program and for it in the kernel.
    pub ticks: u64,
}

impl ProcessStat {
    /// What is told of a process; `None` if there is none, or the system does not tell. `proc` is where the kernel tells it.
    pub fn of(proc: &Path, process: u32) -> Option<Self> {
        Self::parse(&fs::read_to_string(proc.join(format!("{process}/stat"))).ok()?)
    }

    fn parse(line: &str) -> Option<Self> {
        // The program's name stands in brackets, and may hold anything.
        let mut after_name = line.rsplit_once(')')?.1.split_whitespace();
        let parent = after_name.nth(1)?.parse().ok()?;
        let in_program: u64 = after_name.nth(9)?.parse().ok()?;
        let in_kernel: u64 = after_name.next()?.parse().ok()?;
        Some(Self { parent, ticks: in_program + in_kernel })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_kernel_is_read_whatever_the_program_is_called() {
        let line = "7 (a) b (c)) R 1 7 7 0 -1 4194304 121 0 0 0 250 50 9 9 20 0 1 0 5507506";
        assert_eq!(ProcessStat::parse(line), Some(ProcessStat { parent: 1, ticks: 300 }));
        assert_eq!(ProcessStat::parse("7 (cut) R 1"), None);
        assert_eq!(ProcessStat::parse("12"), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_kernel_tells_of_this_process() {
        let told = ProcessStat::of(Path::new("/proc"), std::process::id()).unwrap();
        assert_eq!(told.parent, std::os::unix::process::parent_id());
        assert_eq!(ProcessStat::of(Path::new("/proc"), u32::MAX), None);
    }
}
