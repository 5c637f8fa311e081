"""goalrules: the written rule by which a public body judges its goals, as a running thing.

```python
import goalrules

rules = goalrules.load("rulesets/socialnamnden-2025.goals")
result = rules.assess({"budgetföljsamhet": -0.3, "avtalstrohet": 83.1}, period="2025")
print(result["5"].verdict)
print(result["5"].text("sv"))
```

The names below are imported when they are first used, so that importing the package is cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from goalrules.versions import ENGINE

if TYPE_CHECKING:
    from goalrules.answer import Answer, Gap, Influence, Margin, ToCollect, ToReach
    from goalrules.api import (
        BoundOutcomes,
        Rule,
        RuleSet,
        evaluate,
        load,
        loads,
        rule,
    )
    from goalrules.checked import Checked, CheckedData, Finding
    from goalrules.comparison import ChangedOutcomes, Comparison, compare_outcomes, diff
    from goalrules.document import DocumentError
    from goalrules.goals import Goal, Indicator
    from goalrules.limits import Limits
    from goalrules.reading import read_judgements, read_outcomes, read_pairs
    from goalrules.refusal import (
        Diagnostic,
        FileError,
        GoalrulesError,
        LimitError,
        OutcomeError,
        PackageError,
        QuestionError,
        RuleError,
    )
    from goalrules.results import Assessment, GoalResult
    from goalrules.units import Units
    from goalrules.year import Year

__version__ = ENGINE

__all__ = [
    "Answer",
    "Assessment",
    "BoundOutcomes",
    "ChangedOutcomes",
    "Checked",
    "CheckedData",
    "Comparison",
    "Diagnostic",
    "DocumentError",
    "FileError",
    "Finding",
    "Gap",
    "Goal",
    "GoalResult",
    "GoalrulesError",
    "Indicator",
    "Influence",
    "LimitError",
    "Limits",
    "Margin",
    "OutcomeError",
    "PackageError",
    "QuestionError",
    "Rule",
    "RuleError",
    "RuleSet",
    "ToCollect",
    "ToReach",
    "Units",
    "Year",
    "compare_outcomes",
    "diff",
    "evaluate",
    "load",
    "loads",
    "read_judgements",
    "read_outcomes",
    "read_pairs",
    "rule",
]

HOMES = {
    **dict.fromkeys(("Assessment", "GoalResult"), "goalrules.results"),
    **dict.fromkeys(
        ("Answer", "Gap", "Influence", "Margin", "ToCollect", "ToReach"), "goalrules.answer"
    ),
    **dict.fromkeys(("Checked", "CheckedData", "Finding"), "goalrules.checked"),
    **dict.fromkeys(("Goal", "Indicator"), "goalrules.goals"),
    "DocumentError": "goalrules.document",
    "Limits": "goalrules.limits",
    "Units": "goalrules.units",
    "Year": "goalrules.year",
    **dict.fromkeys(("read_judgements", "read_outcomes", "read_pairs"), "goalrules.reading"),
    **dict.fromkeys(
        ("ChangedOutcomes", "Comparison", "compare_outcomes", "diff"), "goalrules.comparison"
    ),
    **dict.fromkeys(
        (
            "Diagnostic",
            "FileError",
            "GoalrulesError",
            "LimitError",
            "OutcomeError",
            "PackageError",
            "QuestionError",
            "RuleError",
        ),
        "goalrules.refusal",
    ),
}
"""The modules that hold the public names which `goalrules.api` does not."""


if not TYPE_CHECKING:  # a type checker knows the names above, and that there are no others

    def __getattr__(name: str) -> object:
        """A public name, from the module that holds it."""
        if name not in __all__:
            raise AttributeError(f"module 'goalrules' has no attribute {name!r}")
        return getattr(import_module(HOMES.get(name, "goalrules.api")), name)


def __dir__() -> list[str]:
    """The names that the package has, those that are not yet imported too."""
    return sorted({*globals(), *__all__})
