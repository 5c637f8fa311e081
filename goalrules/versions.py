"""The versions of the package and of the language that rule files are written in."""

ENGINE = "0.1.0"
"""The version of the package, by which results can be told from those of another one."""

RULE_LANGUAGES = ("1", "2")
"""The versions of the rule language that are read: a file names one in its first line,
`goalrules 1 sv`. What each has that the one before had not stands in `grammar/versions.toml`."""

RULE_LANGUAGE = RULE_LANGUAGES[-1]
"""The newest version of the rule language."""
