//! How much of the processors the control groups allow.

use super::{
    cgroup::{self, Group, Version},
    files::Files,
};

/// Whole processors that the tightest quota amounts to, at least one; `None` where there is no quota.
pub(super) fn processors(files: Files<'_>) -> Option<usize> {
    let quotas = cgroup::groups(files, "cpu").into_iter().filter_map(|group| quota(files, &group));
    quotas.min().map(|processors| usize::try_from(processors).unwrap_or(usize::MAX).max(1))
}

fn quota(files: Files<'_>, group: &Group) -> Option<u64> {
    let (quota, period) = match group.version {
        Version::Two => {
            let text = files.text(group.folder.join("cpu.max"))?;
            let (quota, period) = text.split_once(' ')?;
            (quota.parse::<u64>().ok()?, period.parse::<u64>().ok()?)
        }
        Version::One => (
            files.number(group.folder.join("cpu.cfs_quota_us"))?,
            files.number(group.folder.join("cpu.cfs_period_us"))?,
        ),
    };
    quota.checked_div(period)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::linux::testing::Machine;

    #[test]
    fn the_tightest_group_decides() {
        let machine = Machine::with(&[
            ("/proc/self/cgroup", "0::/a/b\n"),
            ("/sys/fs/cgroup/a/b/cpu.max", "max 100000\n"),
            ("/sys/fs/cgroup/a/cpu.max", "250000 100000\n"),
            ("/sys/fs/cgroup/cpu.max", "800000 100000\n"),
        ]);
        assert_eq!(processors(machine.files()), Some(2));
        machine.write("/sys/fs/cgroup/a/b/cpu.max", "50000 100000\n");
        assert_eq!(processors(machine.files()), Some(1));
    }

    #[test]
    fn the_older_tree_is_read_too() {
        let machine = Machine::with(&[
            ("/proc/self/cgroup", "4:cpu,cpuacct:/\n"),
            ("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "300000\n"),
            ("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"),
        ]);
        assert_eq!(processors(machine.files()), Some(3));
        machine.write("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
        assert_eq!(processors(machine.files()), None);
    }

    #[test]
    fn rubbish_is_no_quota() {
        for text in ["", "max", "max 100000", "x y", "1", "100000 0", "99999999999999999999999 1"] {
            let machine = Machine::with(&[("/proc/self/cgroup", "0::/\n"), ("/sys/fs/cgroup/cpu.max", text)]);
            assert_eq!(processors(machine.files()), None, "{text:?}");
        }
    }
}
