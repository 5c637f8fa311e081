"""What the package needs to run, as data and as notices: `make inventory` writes both.

`sbom.cdx.json` is a CycloneDX list of the package and what it needs, with the versions that it is
tested with; `THIRD-PARTY-NOTICES.txt` holds their licences in full. Neither has a date or a number
of its own, so that the same environment gives the same bytes.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST, NOTICES = "sbom.cdx.json", "THIRD-PARTY-NOTICES.txt"
LICENCE = re.compile(r"(^|/)licen[cs]es?/|(^|/)(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
RULE = "=" * 78

HEAD = """\
goalrules needs the packages below to run. None of them is part of it: each is installed beside it,
under the licence that stands here. On Windows tqdm needs colorama too (BSD-3-Clause).
"""


def inventory() -> Mapping[str, str]:
    """The text of each of the two files, by its name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [distribution(_name(each)) for each in project["dependencies"]]
    return {
        LIST: json.dumps(_listed(project, needed), ensure_ascii=False, indent=2) + "\n",
        NOTICES: "\n".join([HEAD, *map(_notice, needed)]),
    }


def _name(requirement: str) -> str:
    """The name in a requirement, as in `attrs>=23.2`."""
    return re.split(r"[^\w.-]", requirement)[0]


def _listed(project: Mapping[str, str], needed: list[Distribution]) -> Mapping[str, object]:
    """The list in CycloneDX 1.6: each package, its licence, and which need which."""
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    components = list(map(_component, needed))
    whole = _component_of(project["name"], project["version"], project["license"])
    refs = [str(each["bom-ref"]) for each in components]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**whole, "description": project["description"]}},
        "components": components,
        "dependencies": [
            {"ref": own, "dependsOn": refs},
            *({"ref": each, "dependsOn": []} for each in refs),
        ],
    }


def _component(package: Distribution) -> Mapping[str, object]:
    return _component_of(package.name, package.version, licence_of(package))


def _component_of(name: str, version: str, licence: str) -> Mapping[str, object]:
    purl = f"pkg:pypi/{name.lower()}@{version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "licenses": [{"expression": licence}],
        "purl": purl,
    }


def licence_of(package: Distribution) -> str:
    """The licence of a package as an SPDX expression, as the package itself says it."""
    held = package.metadata
    said = next((held[each] for each in ("License-Expression", "License") if each in held), "")
    if not said or "\n" in said:
        raise SystemExit(f"{package.name} does not say its licence in a word")
    return said


def _notice(package: Distribution) -> str:
    texts = "\n".join(_texts(package))
    return f"{RULE}\n{package.name} {package.version}: {licence_of(package)}\n{RULE}\n\n{texts}"


def _texts(package: Distribution) -> Iterator[str]:
    """The texts of a package's licences, which come with it."""
    held = [each for each in package.files or () if LICENCE.search(each.as_posix())]
    if not held:
        raise SystemExit(f"{package.name} comes without its licence")
    for each in sorted(held):
        text = Path(str(each.locate())).read_text(encoding="utf-8")
        yield "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


def main() -> None:
    """Write both files."""
    for name, text in inventory().items():
        (ROOT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
