//! The most memory that this process held at one time. Linux tells it; on other systems it is not known here.

/// Lets the peak begin again at what is held now. Where the system does not allow it, the peak stays that of the whole
/// run.
#[cfg(target_os = "linux")]
pub(crate) fn begin_again() {
    const PEAK_ONLY: &str = "5";
    let _ = std::fs::write("/proc/self/clear_refs", PEAK_ONLY);
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn begin_again() {}

/// Megabytes (of 1 000 000 bytes) of the peak's resident memory, to a tenth.
#[cfg(target_os = "linux")]
pub(crate) fn megabytes() -> Option<f64> {
    peak_in(&std::fs::read_to_string("/proc/self/status").ok()?)
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn megabytes() -> Option<f64> {
    None
}

/// The peak in what Linux says of a process; what it calls kB are 1024 bytes.
#[cfg(any(target_os = "linux", test))]
fn peak_in(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some((kibibytes * 1024.0 / 100_000.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_found_among_the_rest() {
        let status = "Name:\tproviso\nVmPeak:\t  900000 kB\nVmHWM:\t  208872 kB\nVmRSS:\t   13612 kB\n";
        assert_eq!(peak_in(status), Some(213.9));
        assert_eq!(peak_in("Name:\tproviso\n"), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_holds_some_memory() {
        begin_again();
        assert!(megabytes().is_some_and(|peak| peak > 0.5));
    }
}
