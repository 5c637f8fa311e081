"""`goalrules schema`: the JSON Schema of what the other commands write as JSON."""

import argparse
from importlib import import_module

from goalrules.commands.output import json_text, put
from goalrules.commands.usage import DOCUMENTS
from goalrules.document import schema_of


def run(options: argparse.Namespace) -> int:
    """Write the schema of the document that is named."""
    module, name = DOCUMENTS[options.document]
    import_module("goalrules.language.statements")  # which has the forms of rule in a trace
    schema = schema_of(getattr(import_module(f"goalrules.{module}"), name))
    return put(json_text(schema), None, "en")
