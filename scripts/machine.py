"""What this computer has, and what it needs to build and test Proviso."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / os.environ.get("CARGO_TARGET_DIR", "target")
RUST = re.search(r'^rust-version = "(.+)"', (ROOT / "Cargo.toml").read_text(), re.MULTILINE).group(1)
NODE = "20"


@dataclass(frozen=True)
class Need:
    """Something from the system: a Debian package, and a command that succeeds once it is there."""

    package: str
    probe: tuple[str, ...]

    def missing(self) -> bool:
        if shutil.which(self.probe[0]) is None:
            return True
        return len(self.probe) > 1 and subprocess.run(self.probe, capture_output=True, check=False).returncode != 0


GTK = "import gi; gi.require_version('Gtk', '3.0'); from gi.repository import Gtk"

COMPILER = [Need("build-essential", ("cc",)), Need("pkg-config", ("pkg-config",))]
WINDOW = [Need("libwebkit2gtk-4.1-dev", ("pkg-config", "--exists", "webkit2gtk-4.1"))]
# Widths of text decide what fits into a row: the tests are looked at in these fonts.
FONTS = [Need("fontconfig", ("fc-list",)), Need("fonts-liberation", ("sh", "-c", "fc-list | grep -qi liberation"))]
BROWSER = [Need("chromium", ("chromium",)), *FONTS]
WINDOW_TEST = [
    *FONTS,
    Need("xvfb", ("Xvfb",)),
    Need("openbox", ("openbox",)),
    Need("xdotool", ("xdotool",)),
    Need("webkit2gtk-driver", ("WebKitWebDriver",)),
    Need("python3-gi", ("/usr/bin/python3", "-c", "import gi")),
    Need("gir1.2-gtk-3.0", ("/usr/bin/python3", "-c", GTK)),
]


def stop(message: str) -> None:
    """Ends the program with one line that says what to do."""
    sys.exit(f"\n{message}")


def has_display() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def require_tools() -> None:
    """Makes sure of cargo and node, in versions that build Proviso."""
    if not shutil.which("cargo"):
        os.environ["PATH"] += os.pathsep + str(Path.home() / ".cargo" / "bin")
    for program, oldest, source in [
        ("cargo", RUST, "Rust, for example with rustup"),
        ("node", NODE, "Node.js"),
        ("npm", "9", "npm"),
    ]:
        version = _version(program)
        if version is None or version < _numbers(oldest):
            stop(f"Proviso needs {program} {oldest} or later: install {source}, then try again.")


def install(needs: list[Need]) -> list[Need]:
    """Installs what is missing where that is possible; returns what is missing still."""
    if sys.platform != "linux":
        return []
    missing = [need for need in dict.fromkeys(needs) if need.missing()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = [need.package for need in missing]
        print(f"Installing {', '.join(packages)}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
        missing = [need for need in missing if need.missing()]
    return missing


def named(needs: list[Need]) -> str:
    """The packages of `needs`, to be told."""
    return ", ".join(need.package for need in needs)


def _version(program: str) -> tuple[int, ...] | None:
    path = shutil.which(program)
    if path is None:
        return None
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+(\.\d+)+", told)
    return _numbers(found.group()) if found else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
