"""The texts that come with the package, packed in it or lying beside it."""

from pathlib import Path

import pytest

from goalrules import resources


def test_a_text_beside_the_package_is_read() -> None:
    assert "data-sv.toml" in resources.names("grammar")
    assert "mål" in resources.read_text("grammar/data-sv.toml")


def test_names_are_those_of_files_in_order() -> None:
    names = resources.names("grammar")
    assert list(names) == sorted(names)
    assert "decisions" not in names


def test_a_text_in_the_package_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rulesets").mkdir()
    (tmp_path / "rulesets" / "a.goals").write_text("räksmörgås", encoding="utf-8")
    monkeypatch.setattr(resources, "PACKED", tmp_path)
    assert resources.names("rulesets") == ("a.goals",)
    assert resources.read_text("rulesets/a.goals") == "räksmörgås"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "goalrules/files.py",
        "grammar/../pyproject.toml",
        "/etc/passwd",
        "grammar/none",
        "grammar",
    ],
)
def test_nothing_else_is_read(path: str) -> None:
    with pytest.raises(FileNotFoundError):
        resources.read_text(path)


@pytest.mark.parametrize("folder", ["tests", "grammar/data-sv.toml", "rulesets/none"])
def test_no_other_folder_is_listed(folder: str) -> None:
    with pytest.raises(FileNotFoundError):
        resources.names(folder)


def test_the_folder_of_the_package_is_found_in_a_zip_too(tmp_path: Path) -> None:
    for file in (resources.__file__, str(tmp_path / "none.zip" / "goalrules" / "resources.py")):
        folder = resources.package_folder(file)
        assert folder.joinpath("report", "texts", "explain-sv.toml").is_file()
