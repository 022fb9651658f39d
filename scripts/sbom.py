"""`npm run sbom`: what Proviso is built of, as two CycloneDX files in `out`: one of crates, one of npm packages.

The crates are those that the programs contain on the systems of deny.toml, not what only builds or tests them. The npm packages are listed by npm
itself, without those that only build or test the interface. Each component has its version, its licence and the hash of its archive.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from machine import ROOT

PROGRAMS = {"proviso-cli", "proviso-window"}
OUT = ROOT / "out"


def output(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command[:3])} failed: {done.stderr.strip()}")
    return done.stdout


def metadata() -> dict:
    """The resolved graph for every system that Proviso is made for."""
    targets = tomllib.loads((ROOT / "deny.toml").read_text())["graph"]["targets"]
    chosen = [part for target in targets for part in ("--filter-platform", target)]
    return json.loads(output("cargo", "metadata", "--locked", "--format-version", "1", *chosen))


def built_in(graph: dict) -> set[str]:
    """Ids of all packages that the programs contain."""
    names = {package["id"]: package["name"] for package in graph["packages"]}
    nodes = {node["id"]: node for node in graph["resolve"]["nodes"]}
    found: set[str] = set()
    waiting = [identity for identity in nodes if names[identity] in PROGRAMS]
    while waiting:
        identity = waiting.pop()
        if identity not in found:
            found.add(identity)
            waiting.extend(_contained(nodes[identity]))
    return found


def _contained(node: dict) -> Iterator[str]:
    for dependency in node["deps"]:
        # A kind without a name is what the program contains; others build or test it.
        if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
            yield dependency["pkg"]


def component(package: dict, hashes: dict[tuple[str, str], str]) -> dict:
    name, version = package["name"], package["version"]
    described = {
        "type": "library",
        "bom-ref": f"pkg:cargo/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:cargo/{name}@{version}",
    }
    if licence := package.get("license"):
        # Cargo once allowed a slash for OR.
        described["licenses"] = [{"expression": licence.replace("/", " OR ")}]
    if found := hashes.get((name, version)):
        described["hashes"] = [{"alg": "SHA-256", "content": found}]
    if package.get("repository"):
        described["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return described


def crates() -> dict:
    graph = metadata()
    contained = built_in(graph)
    locked = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    hashes = {(entry["name"], entry["version"]): entry.get("checksum") for entry in locked}
    packages = sorted((p for p in graph["packages"] if p["id"] in contained), key=lambda p: (p["name"], p["version"]))
    references = {p["id"]: f"pkg:cargo/{p['name']}@{p['version']}" for p in packages}
    nodes = [node for node in graph["resolve"]["nodes"] if node["id"] in contained]
    version = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["package"]["version"]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": {"type": "application", "bom-ref": "proviso", "name": "proviso", "version": version},
        },
        "components": [component(package, hashes) for package in packages],
        "dependencies": [
            {"ref": references[node["id"]], "dependsOn": sorted(set(map(references.get, _contained(node))))}
            for node in nodes
        ],
    }


def npm_packages() -> dict:
    told = output("npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev")
    return json.loads(told)


def main() -> int:
    OUT.mkdir(exist_ok=True)
    for name, make in [("crates", crates), ("npm", npm_packages)]:
        listed = make()
        path = OUT / f"proviso-{name}.cdx.json"
        path.write_text(json.dumps(listed, indent=1) + "\n")
        without = [part["name"] for part in listed["components"] if not part.get("licenses")]
        print(f"{path.relative_to(ROOT)}: {len(listed['components'])} components, without a licence: {', '.join(without) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
