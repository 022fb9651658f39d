//! The control groups that this process is in.

use std::path::{Component, Path, PathBuf};

use super::files::Files;

/// The two ways in which Linux keeps control groups; a machine may use both at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// A tree for each controller.
    One,
    /// One tree for all.
    Two,
}

/// A control group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) version: Version,
    /// Where its files lie.
    pub(super) folder: PathBuf,
}

/// The groups whose limits this process is under, as far as they can be seen from here: its own, and all above it, in the
/// trees of `controller`.
pub(super) fn groups(files: Files<'_>, controller: &str) -> Vec<Group> {
    let own = files.text("/proc/self/cgroup").unwrap_or_default();
    let mounts = files.text("/proc/self/mountinfo").unwrap_or_default();
    let mut groups = Vec::new();
    for line in own.lines() {
        let mut fields = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(path)) = (fields.next(), fields.next()) else { continue };
        let version = if controllers.is_empty() { Version::Two } else { Version::One };
        if version == Version::One && !controllers.split(',').any(|name| name == controller) {
            continue;
        }
        let mount = Mount::of(&mounts, version, controller);
        let folders = mount.folders(Path::new(path));
        groups.extend(folders.into_iter().map(|folder| Group { version, folder }));
    }
    groups
}

/// Where a tree of groups can be seen.
struct Mount {
    /// The group that is seen at the mount's own folder.
    root: PathBuf,
    folder: PathBuf,
}

impl Mount {
    /// As `/proc/self/mountinfo` tells; else where it usually is.
    fn of(mounts: &str, version: Version, controller: &str) -> Self {
        let parsed = |line: &str| {
            let (mount, tree) = line.split_once(" - ")?;
            let mut tree = tree.split(' ');
            let is_it = match version {
                Version::Two => tree.next()? == "cgroup2",
                Version::One => {
                    tree.next()? == "cgroup" && tree.nth(1)?.split(',').any(|option| option == controller)
                }
            };
            let mut paths = mount.split(' ').skip(3).map(unescaped);
            is_it.then_some(Self { root: paths.next()?, folder: paths.next()? })
        };
        mounts.lines().find_map(parsed).unwrap_or_else(|| Self {
            root: "/".into(),
            folder: match version {
                Version::One => Path::new("/sys/fs/cgroup").join(controller),
                Version::Two => "/sys/fs/cgroup".into(),
            },
        })
    }

    /// The folders of a group and all above it, its own first. Of a group outside of what is mounted, only the mount's own
    /// folder can be seen.
    fn folders(&self, group: &Path) -> Vec<PathBuf> {
        let below = group.strip_prefix(&self.root).unwrap_or(Path::new(""));
        let is_plain = below.components().all(|part| matches!(part, Component::Normal(_)));
        let below = if is_plain { below } else { Path::new("") };
        below.ancestors().map(|ancestor| self.folder.join(ancestor)).collect()
    }
}

/// Linux writes white space and backslashes in the paths of mounts as three octal digits.
fn unescaped(path: &str) -> PathBuf {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(path.to_owned(), |path, (escaped, plain)| path.replace(escaped, plain))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::linux::testing::Machine;

    const V2: &str = "31 23 0:27 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";

    fn folders(cgroup: &str, mountinfo: &str) -> Vec<String> {
        let machine = Machine::with(&[("/proc/self/cgroup", cgroup), ("/proc/self/mountinfo", mountinfo)]);
        let groups = groups(machine.files(), "memory");
        groups.into_iter().map(|group| group.folder.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn the_own_group_and_all_above_it_are_seen() {
        let user = "0::/user.slice/user-1000.slice/app.scope\n";
        let seen = folders(user, V2);
        let ends = ["user.slice/user-1000.slice/app.scope", "user.slice/user-1000.slice", "user.slice", ""];
        assert_eq!(seen, ends.map(|end| format!("/sys/fs/cgroup/{end}")));
        assert_eq!(folders(user, ""), seen, "the usual place");
    }

    #[test]
    fn a_container_sees_its_own_group_as_the_root() {
        assert_eq!(folders("0::/\n", V2), ["/sys/fs/cgroup/"]);
        let bound = "31 23 0:27 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n";
        assert_eq!(folders("0::/docker/abc\n", bound), ["/sys/fs/cgroup/"]);
        assert_eq!(folders("0::/docker/abc/in\n", bound), ["/sys/fs/cgroup/in", "/sys/fs/cgroup/"]);
        for outside in ["0::/../other\n", "0::/elsewhere\n"] {
            assert_eq!(folders(outside, bound), ["/sys/fs/cgroup/"]);
        }
        assert_eq!(folders("0::/../other\n", V2), ["/sys/fs/cgroup/"]);
    }

    #[test]
    fn of_the_older_trees_the_controllers_own_is_seen() {
        let cgroup = "9:name=systemd:/\n4:cpu,cpuacct:/a\n3:memory:/docker/abc\n0::/\n";
        let mountinfo = "32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n\
                         35 31 0:32 / /sys/fs/cgroup/my\\040memory rw - cgroup cgroup rw,memory\n\
                         41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
        let ends = ["my memory/docker/abc", "my memory/docker", "my memory/", "unified/"];
        assert_eq!(folders(cgroup, mountinfo), ends.map(|end| format!("/sys/fs/cgroup/{end}")));
    }

    #[test]
    fn no_group_is_seen_in_rubbish() {
        for cgroup in ["", "0", "0:", "a:b:c", "\u{0}\u{0}"] {
            assert_eq!(folders(cgroup, "- - -\n1 2 3 - cgroup2\n").len(), 0, "{cgroup:?}");
        }
    }
}
