"""The versions of the package and of the language that rule files are written in."""

ENGINE = "0.1.0"
"""The version of the package, by which results can be told from those of another one."""

RULE_LANGUAGE = "1"
"""The version of the rule language: what a rule file names in its first line, `goalrules 1 sv`."""
