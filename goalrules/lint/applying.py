"""What is so where everything applies, tried again where one indicator does not."""

from collections.abc import Callable, Iterator

from attrs import evolve

from goalrules.assess.possible import without
from goalrules.lint.result import Finding
from goalrules.lint.subject import Subject


def tried(finding: Finding, subject: Subject, claim: Callable[[Subject], bool]) -> Finding:
    """A finding, or a note if a fault of the rule is none where some one does not apply."""
    if finding.severity == "note":
        return finding
    unless = next((member for member, other in _absent(subject) if not claim(other)), "")
    return evolve(finding, severity="note", unless=unless) if unless else finding


def _absent(subject: Subject) -> Iterator[tuple[str, Subject]]:
    """Each indicator that the file names, and the rule where it does not apply but others do."""
    asked = subject.query.members
    for key in asked if len(asked) > 1 else ():
        if subject.members[key].kind == "indicator" and key not in subject.stand_ins:
            goal_state = without(subject.possible.goal_state, {key})
            yield (
                key,
                Subject(
                    subject.plan, subject.names, evolve(subject.possible, goal_state=goal_state)
                ),
            )
