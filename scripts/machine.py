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
    """Something from the system: a program, or a library by its pkg-config name, and the Debian package with it."""

    package: str
    program: str | None = None
    library: str | None = None

    def missing(self) -> bool:
        if self.program:
            return shutil.which(self.program) is None
        return subprocess.run(["pkg-config", "--exists", self.library], check=False).returncode != 0


COMPILER = [Need("build-essential", program="cc"), Need("pkg-config", program="pkg-config")]
WINDOW = [Need("libwebkit2gtk-4.1-dev", library="webkit2gtk-4.1")]
BROWSER = [Need("chromium", program="chromium")]
WINDOW_TEST = [
    Need("xvfb", program="Xvfb"),
    Need("openbox", program="openbox"),
    Need("xdotool", program="xdotool"),
    Need("webkit2gtk-driver", program="WebKitWebDriver"),
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
    missing = [need for need in needs if need.missing()]
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
