"""Types of the JSON documents for TypeScript and Python, made of their schemas and checked.

`make document-types`. Which documents there are, and their schemas, come from the package; a small
document of each is written by its command and has to fit its types, which the strictest check of
each language says. The types have to be readable too: every name is one that a schema gives, none
is numbered or as long as a sentence, and nothing is of an unknown type.
"""

# ruff: noqa: T201 - a script, and prints

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from goalrules.commands.schema import DOCUMENTS

ROOT = Path(__file__).resolve().parent.parent
MOST_NAME = 30
"""The characters that the name of a type may have."""

RULES = ("rulesets/socialnamnden-2025.goals",)
OUTCOMES = "examples/utfall-2025.csv"
MONTHS = "examples/utfall-2025-manader.xlsx"
SOME = ("--goal", "1.1", "--goal", "3")
WRITING: Mapping[str, tuple[str, ...]] = {
    "assess": (*RULES, OUTCOMES, *SOME, "--judgements", "examples/bedomningar-2025.csv"),
    "gap": (*RULES, OUTCOMES, *SOME),
    "year": (*RULES, MONTHS, "--goal", "5"),
    "influence": (*RULES, *SOME),
    "check": RULES,
    "check-data": (*RULES, OUTCOMES),
    "compare": (OUTCOMES, MONTHS),
    "diff": ("rulesets/socialnamnden-2024.goals", *RULES),
    "units": (*RULES, "examples/utfall-enheter-2025.csv", "--goal", "5"),
}
"""What the command of each document is asked, so that it writes a small one."""

UNKNOWN_IN = {"ts": r"(?<![\w.*] )\b(unknown|any)\b(\[\])?(?=[;,|)\]>\s])", "py": r"\bAny\b"}
NAME_IN = {
    "ts": r"^export (?:interface|type) (\w+)",
    "py": r"^(?:class (\w+)\(|(\w+)(?:: TypeAlias)? = )",
}
COMMENT_IN = {"ts": r"/\*.*?\*/|\"[^\"\n]*\"", "py": r'""".*?"""|"[^"\n]*"'}


class Failed(Exception):  # noqa: N818 - what a tool says, told as it is
    """A tool has found something wrong, or cannot be run."""


def run(*command: str, folder: Path = ROOT) -> str:
    """What a command prints in a folder; `Failed` with all that it says where it fails."""
    done = subprocess.run(  # noqa: S603 - tools of this project
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise Failed(f"{' '.join(command[:3])} …\n{done.stdout}{done.stderr}")
    return done.stdout


# What the tools are given


def for_generators(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """A schema that says the same, in which no reference has other keys beside it.

    Those would be read as a type of its own in each place.
    """
    if isinstance(schema, list):
        return [for_generators(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    keys = {key: for_generators(each) for key, each in schema.items()}
    if "$ref" in keys and len(keys) > 1:
        reference = keys.pop("$ref")
        return {**keys, "allOf": [{"$ref": reference}]}
    return keys


def schema_of(document: str) -> Any:  # noqa: ANN401 - JSON
    """The schema of a document, as its command tells it."""
    return json.loads(run(sys.executable, "-m", "goalrules", "schema", document))


def written(document: str) -> Any:  # noqa: ANN401 - JSON
    """A small document, as its command writes it; what that finds may be worth an exit code."""
    if document not in WRITING:
        raise Failed(f"what is asked for a small document of {document} is not said in WRITING")
    command = (sys.executable, "-m", "goalrules", document, *WRITING[document], "--format", "json")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    if not done.stdout:
        raise Failed(done.stderr)
    return json.loads(done.stdout)


# Types and their checks


@frozen
class Tools:
    """Where the tools of each language are, and where types are put."""

    node: Path
    python: Path
    out: Path

    def typescript(self, document: str, schema: Path, title: str) -> Path:
        """The types of a document in TypeScript, and beside them a use of it that fits."""
        made = self.out / f"{document}.ts"
        made.write_text(
            run(str(self.node / "json2ts"), "--input", str(schema), "--additionalProperties",
                "false", "--unreachableDefinitions", "--bannerComment", ""),
            encoding="utf-8",
        )  # fmt: skip
        small = json.dumps(written(document), ensure_ascii=False)
        use = (
            f'import type {{ {title} }} from "./{document}";\n\n'
            f"export const document: {title} = {small};\n"
        )
        (self.out / f"use-{document}.ts").write_text(use, encoding="utf-8")
        return made

    def python_types(self, document: str, schema: Path, title: str) -> Path:
        """The types of a document in Python, and beside them a use of it that fits."""
        module = document.replace("-", "_")
        made = self.out / f"{module}.py"
        run(
            str(self.python / "datamodel-codegen"), "--input", str(schema), "--input-file-type",
            "jsonschema", "--output-model-type", "typing.TypedDict", "--target-python-version",
            "3.11", "--use-schema-description", "--use-field-description",
            "--use-single-line-docstring", "--disable-timestamp", "--use-double-quotes",
            "--formatters", "builtin", "--output", str(made),
        )  # fmt: skip
        use = f"from {module} import {title}\n\ndocument: {title} = {written(document)!r}\n"
        (self.out / f"use_{module}.py").write_text(use, encoding="utf-8")
        return made

    def check_typescript(self) -> None:
        """All of it compiles, strictly."""
        files = sorted(str(each) for each in self.out.glob("*.ts"))
        strict = ("--noEmit", "--strict", "--exactOptionalPropertyTypes", "--module", "esnext")
        run(str(self.node / "tsc"), *strict, "--moduleResolution", "bundler", *files)

    def check_python(self) -> None:
        """All of it has right types, strictly."""
        files = sorted(each.name for each in self.out.glob("*.py"))
        run(str(self.python / "mypy"), "--strict", "--config-file=", *files, folder=self.out)


# Whether they can be read


def names_in(types: Path) -> list[str]:
    """The names of the types in a file."""
    kind = types.suffix[1:]
    found = re.finditer(NAME_IN[kind], types.read_text(encoding="utf-8"), re.MULTILINE)
    return [next(filter(None, each.groups())) for each in found]


def unreadable(types: Path) -> Iterator[str]:
    """What cannot be read in a file of types."""
    kind = types.suffix[1:]
    for name in names_in(types):
        if len(name) > MOST_NAME or name[-1].isdecimal():
            yield f"{types.name}: the name {name}"
    plain = re.sub(COMMENT_IN[kind], "", types.read_text(encoding="utf-8"), flags=re.DOTALL)
    for number, line in enumerate(plain.splitlines(), 1):
        if re.search(UNKNOWN_IN[kind], line):
            yield f"{types.name}: unknown in line {number} without comments: {line.strip()}"


def main() -> int:
    """Make the types and check them; 1 where anything is wrong, or a tool is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--node", type=Path, required=True, help="the folder of json2ts and tsc")
    parser.add_argument("--python", type=Path, required=True, help="that of datamodel-codegen")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "types")
    given = parser.parse_args()
    tools = Tools(given.node.resolve(), given.python.resolve(), given.out.resolve())
    shutil.rmtree(tools.out, ignore_errors=True)
    tools.out.mkdir(parents=True)
    wrong: list[str] = []
    print(
        "| document | of | TypeScript | Python | longest name |\n|---|---|---|---|---|", flush=True
    )
    for document in DOCUMENTS:
        schema = schema_of(document)
        path = tools.out / f"{document}.schema.json"
        path.write_text(json.dumps(for_generators(schema), indent=1), encoding="utf-8")
        counts = []
        for make in (tools.typescript, tools.python_types):
            try:
                types = make(document, path, schema["title"])
            except (Failed, OSError) as error:
                wrong.append(str(error))
                counts.append("not made")
                continue
            wrong += unreadable(types)
            counts.append(f"{len(names_in(types))} types")
            longest = max(names_in(types), key=len)
        row = (document, schema["title"], *counts, longest)
        print(f"| {' | '.join(row)} |", flush=True)
    for language, check in (("TypeScript", tools.check_typescript), ("Python", tools.check_python)):
        try:
            check()
        except (Failed, OSError) as error:
            wrong.append(f"{language}: {error}")
        else:
            print(f"{language}: types and a document of each kind are right, strictly")
    print("\n".join(wrong))
    print(f"in {tools.out}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
