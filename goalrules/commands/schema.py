"""`goalrules schema`: the JSON Schema of what the other commands write as JSON."""

import argparse
from collections.abc import Callable
from importlib import import_module

from goalrules.commands.output import json_text, put
from goalrules.commands.usage import DOCUMENTS


def run(options: argparse.Namespace) -> int:
    """Write the schema of the document that is named."""
    module, name = DOCUMENTS[options.document]
    schema: Callable[[], object] = getattr(import_module(f"goalrules.report.{module}"), name)
    return put(json_text(schema()), None, "en")
