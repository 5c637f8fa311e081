"""`goalrules schema`: the JSON Schema of what the other commands write as JSON."""

import argparse
from importlib import import_module

from goalrules.commands.output import json_text, put
from goalrules.commands.usage import COMMANDS, Command, Usage, argument, declared

DOCUMENTS = {
    name: document
    for name in COMMANDS
    if name != "schema" and (document := declared(name).document)
}
"""The class of the document that each command writes, as `module:name` in `goalrules`."""

BESIDE = {
    "summary": "report.summary:Summary",
    "faults": "refusal:Faults",
}
"""Those beside them: of `--summary`, and of what is told on the error stream instead of lines."""

COMMAND = Command(
    help="print the JSON Schema of what a command writes as JSON",
    overview=(
        Usage("", "the JSON Schema of what --format json writes"),
        Usage("", "JSON Schema för det som --format json skriver"),
    ),
    arguments=(
        argument(
            "document", nargs="?", choices=(*DOCUMENTS, *BESIDE), default="assess",
            metavar="COMMAND",
            help="the command that writes it (default: assess), or what it writes beside that",
        ),
    ),
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the schema of the document that is named."""
    from goalrules.document import schema_of  # here, so that asking for help stays cheap

    module, name = {**DOCUMENTS, **BESIDE}[options.document].split(":")
    import_module("goalrules.language.statements")  # which has the forms of rule in a trace
    schema = schema_of(getattr(import_module(f"goalrules.{module}"), name))
    return put(json_text(schema), None, "en")
