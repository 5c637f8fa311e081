"""`goalrules schema`: the JSON Schema of what is written as JSON."""

import argparse

from goalrules.commands.output import json_text, put
from goalrules.report.schema import assessment_schema


def run(_: argparse.Namespace) -> int:
    """Write the schema."""
    return put(json_text(assessment_schema()), None, "en")
