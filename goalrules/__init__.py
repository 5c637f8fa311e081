"""goalrules: the written rule by which a public body judges its goals, as a running thing.

```python
import goalrules

rules = goalrules.load("rulesets/socialnamnden-2025.goals")
result = rules.assess({"budgetföljsamhet": -0.3, "avtalstrohet": 83.1}, period="2025")
print(result["5"].verdict)
print(result["5"].explain("sv"))
```

The names below are imported when they are first used, so that importing the package is cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from goalrules.versions import ENGINE

if TYPE_CHECKING:
    from goalrules.api import (
        Rule,
        RuleSet,
        evaluate,
        load,
        loads,
        rule,
    )
    from goalrules.bounded import LimitError
    from goalrules.checked import Checked
    from goalrules.comparison import Comparison, diff
    from goalrules.goals import Goal
    from goalrules.limits import Limits
    from goalrules.questions import Gap, Margin, ToCollect, ToReach
    from goalrules.reading import read_judgements, read_outcomes, read_pairs
    from goalrules.results import Assessment, GoalResult, Influence
    from goalrules.text.diagnostics import Diagnostic, GoalrulesError, OutcomeError, RuleError
    from goalrules.year import Year

__version__ = ENGINE

__all__ = [
    "Assessment",
    "Checked",
    "Comparison",
    "Diagnostic",
    "Gap",
    "Goal",
    "GoalResult",
    "GoalrulesError",
    "Influence",
    "LimitError",
    "Limits",
    "Margin",
    "OutcomeError",
    "Rule",
    "RuleError",
    "RuleSet",
    "ToCollect",
    "ToReach",
    "Year",
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
    **dict.fromkeys(("Assessment", "GoalResult", "Influence"), "goalrules.results"),
    **dict.fromkeys(("Gap", "Margin", "ToCollect", "ToReach"), "goalrules.questions"),
    "Checked": "goalrules.checked",
    "LimitError": "goalrules.bounded",
    "Limits": "goalrules.limits",
    "Goal": "goalrules.goals",
    "Year": "goalrules.year",
    **dict.fromkeys(("read_judgements", "read_outcomes", "read_pairs"), "goalrules.reading"),
    **dict.fromkeys(("Comparison", "diff"), "goalrules.comparison"),
    **dict.fromkeys(
        ("Diagnostic", "GoalrulesError", "OutcomeError", "RuleError"), "goalrules.text.diagnostics"
    ),
}
"""The modules that hold the public names which `goalrules.api` does not."""


def __getattr__(name: str) -> object:
    """A public name, from the module that holds it."""
    if name not in __all__:
        raise AttributeError(f"module 'goalrules' has no attribute {name!r}")
    return getattr(import_module(HOMES.get(name, "goalrules.api")), name)
