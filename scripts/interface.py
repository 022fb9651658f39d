"""Whether the user interface's packages and its built files are up to date."""

import os
from pathlib import Path

from machine import ROOT

LOCK = ROOT / "package-lock.json"
INSTALLED = ROOT / "node_modules" / ".package-lock.json"
BUILT = ROOT / "ui" / "dist" / "index.html"
# Folders of ui/ that nothing is built from.
ASIDE = {"dist", "dist-fixtures", "fixtures", "node_modules", "playwright-report", "test-results", "tests"}

INSTALL = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
BUILD = ["npm", "run", "build", "--workspace", "ui"]


def packages_stale() -> bool:
    return not INSTALLED.exists() or INSTALLED.stat().st_mtime < LOCK.stat().st_mtime


def build_stale() -> bool:
    return not BUILT.exists() or max(_changed(ROOT / "ui"), LOCK.stat().st_mtime) > BUILT.stat().st_mtime


def _changed(folder: Path) -> float:
    """When the newest file that the user interface is built from was last changed."""
    newest = 0.0
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in ASIDE]
        newest = max([newest, *(Path(place, name).stat().st_mtime for name in names)])
    return newest
