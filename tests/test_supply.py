"""What the package says of itself to those who take it in: needs, licences, catalogue entry."""

import json
import re
import tomllib
from types import ModuleType, SimpleNamespace

import pytest
from imports import ROOT, script
from trove_classifiers import classifiers

import goalrules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINNED = dict(
    line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
)


@pytest.fixture(scope="module")
def supply() -> ModuleType:
    """The script that writes the list and the notices."""
    return script(ROOT / "supply" / "inventory.py")


@pytest.mark.parametrize("name", ["sbom.cdx.json", "THIRD-PARTY-NOTICES.txt"])
def test_the_list_and_the_notices_are_those_of_the_environment(
    name: str, supply: ModuleType
) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == supply.inventory()[name], "make inventory"


def test_the_list_names_what_is_needed_and_no_more() -> None:
    listed = json.loads((ROOT / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    whole = listed["metadata"]["component"]
    assert (whole["name"], whole["version"]) == ("goalrules", goalrules.__version__)
    needed = [re.split(r"[^\w.-]", each)[0] for each in PROJECT["dependencies"]]
    found = {each["name"]: each for each in listed["components"]}
    assert list(found) == needed
    for name, each in found.items():
        assert each["version"] == PINNED[name]
        assert each["purl"] == f"pkg:pypi/{name}@{PINNED[name]}"
        assert each["licenses"][0]["expression"]
    refs = [each["bom-ref"] for each in (whole, *listed["components"])]
    assert [each["ref"] for each in listed["dependencies"]] == refs
    assert listed["dependencies"][0]["dependsOn"] == refs[1:]


def test_a_licence_that_is_not_said_is_not_passed_over(
    supply: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supply, "LICENCE", re.compile("nowhere"))
    with pytest.raises(SystemExit, match="attrs comes without its licence"):
        supply.inventory()
    for said in ({}, {"License": "two\nlines"}):
        with pytest.raises(SystemExit, match="x does not say its licence"):
            supply.licence_of(SimpleNamespace(name="x", metadata=said))


def test_the_metadata_are_known_words_and_name_no_place_that_is_not_there() -> None:
    assert set(PROJECT["classifiers"]) <= set(classifiers)
    assert PROJECT["authors"]
    assert PROJECT["keywords"]
    assert "urls" not in PROJECT, "a home has to stand in publiccode.yml too"
    least = PROJECT["requires-python"].removeprefix(">=")
    assert f"Programming Language :: Python :: {least}" in PROJECT["classifiers"]


def test_the_catalogue_entry_is_of_this_version() -> None:
    entry = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    said = dict(re.findall(r"^ *(\w+): (\S.*)$", entry, re.MULTILINE))
    assert said["softwareVersion"] == goalrules.__version__
    assert said["license"] == PROJECT["license"]
    assert said["versionMin"].strip('"') == PROJECT["requires-python"].removeprefix(">=")
    assert set(re.findall(r"^  (\w\w):$", entry, re.MULTILINE)) == {"sv", "en"}


def test_the_threats_are_all_told() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for threat in ("a rule text", "a workbook", "judgements", "a paper"):
        assert f"| {threat}" in page or f"| a file of {threat}" in page
