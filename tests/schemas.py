"""What a JSON document is held against: the schema of its class, which is a schema itself."""

from functools import cache

from jsonschema_rs import Draft202012Validator, meta

from goalrules.document import schema_of


@cache
def validator_of(document: type) -> Draft202012Validator:
    """A validator of the documents of a class."""
    schema = schema_of(document)
    meta.validate(schema)
    return Draft202012Validator(schema)
