//! The sockets to a network that the program has open, by the kernel's own tables.
//!
//! `/proc/PID/fd` names the sockets of a process, `/proc/self/net` those that speak TCP, UDP, ICMP or raw packets. Counted is
//! what stands in both, for this process and everything that it started. A socket of this computer alone (to the display, to
//! D-Bus) is in none of these tables. A connection that comes and goes between two looks is not seen: what rules it out is
//! [`network`](crate::network).

use std::{collections::BTreeSet, fs, path::Path};

use crate::ProcessStat;

/// Tables of the kernel whose entries are sockets to a network.
const TABLES: &[&str] =
    &["tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6", "packet"];

/// Sockets to a network of this process and its descendants, now; `None` where the system does not tell.
pub fn open_now() -> Option<u32> {
    let proc = Path::new("/proc");
    let family = family(proc, std::process::id());
    let own: BTreeSet<u64> = family.iter().flat_map(|&pid| sockets_of(proc, pid)).collect();
    let foreign = in_tables(&proc.join("self/net"))?;
    Some(own.intersection(&foreign).count() as u32)
}

/// A process and all that descend from it.
fn family(proc: &Path, root: u32) -> BTreeSet<u32> {
    let parents: Vec<(u32, u32)> = fs::read_dir(proc)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid| Some((pid, ProcessStat::of(proc, pid)?.parent)))
        .collect();
    let mut family = BTreeSet::from([root]);
    loop {
        let known = family.len();
        family.extend(
            parents
                .iter()
                .filter(|(_, parent)| family.contains(parent))
                .map(|(pid, _)| *pid)
                .collect::<Vec<_>>(),
        );
        if family.len() == known {
            return family;
        }
    }
}

/// The numbers of a process's sockets.
fn sockets_of(proc: &Path, pid: u32) -> Vec<u64> {
    let entries = fs::read_dir(proc.join(format!("{pid}/fd"))).into_iter().flatten();
    let links = entries.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
    links
        .filter_map(|link| link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok())
        .collect()
}

/// The numbers of all sockets in the tables of a network; `None` if there is no table at all.
fn in_tables(net: &Path) -> Option<BTreeSet<u64>> {
    let tables: Vec<String> =
        TABLES.iter().filter_map(|table| fs::read_to_string(net.join(table)).ok()).collect();
    (!tables.is_empty()).then(|| tables.iter().flat_map(|table| numbers(table)).collect())
}

/// The column `inode` of a table. The heading of some tables has words for columns that a line writes as one.
fn numbers(table: &str) -> Vec<u64> {
    let packet = table.starts_with("sk ");
    let number = |line: &str| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let at = if packet { columns.len().checked_sub(1)? } else { 9 };
        columns.get(at)?.parse().ok()
    };
    table.lines().skip(1).filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TCP: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0000000000000000 100 0 0 10 0
   1: 0100007F:C350 0100007F:0016 01 00000000:00000000 02:000A5E4F 00000000     0        0 777 2 0000000000000000 20 4 30 10 -1
";
    const PACKET: &str = "sk               RefCnt Type Proto  Iface R Rmem   User   Inode
ffff8f0a4e0c8800 3      3    0003   2     1 0      0      9001
";

    #[test]
    fn numbers_are_found_in_tables_of_both_kinds() {
        assert_eq!(numbers(TCP), [4242, 777]);
        assert_eq!(numbers(PACKET), [9001]);
        assert!(numbers("garbage\nof one line").is_empty());
    }
}
