"""What goals would come to by the other reading of an interpretation, in words."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from goalrules.assess.result import ByOtherReading, GoalTrace
from goalrules.core.trace import Reading
from goalrules.report.wording import Wording

ENDS_OF_SENTENCE = ".!?…"


def interpretation_notes(
    goal: GoalTrace, readings: Iterable[Reading], words: Wording
) -> Iterator[str]:
    """The interpretations of a goal, and those of the whole plan that give it another verdict."""
    by = {each.reading: each for each in goal.other_readings}
    bearing = (reading for reading, each in by.items() if _differs(goal, each, words))
    for reading in dict.fromkeys((*readings, *bearing)):
        said = _told(goal, by[reading], words) if reading in by else ""
        yield words.say("tree", "interpretation", text=_beside(reading, said, words))


def of_all_goals(reading: Reading, goals: Iterable[GoalTrace], words: Wording) -> str:
    """An interpretation of the whole plan, and the goals that would have another verdict by it."""
    named: dict[str, list[str]] = {"other-goals": [], "other-untold": [], "same": []}
    for goal in goals:
        for each in (one for one in goal.other_readings if one.reading == reading):
            called = words.goal(goal.kind, goal.id)
            if each.untold:
                named["other-untold"].append(called)
            elif _differs(goal, each, words):
                verdict = words.short_verdict(_read(goal, each))
                told = words.say("tree", "other-goal", goal=called, verdict=verdict)
                named["other-goals"].append(told)
            else:
                named["same"].append(called)
    same = named.pop("same")
    parts = [
        words.say("tree", key, goals=words.listed(some)) for key, some in named.items() if some
    ]
    if same:
        parts.append(words.say("tree", "other-rest" if parts else "other-all"))
    found = "; ".join(parts)
    said = words.say("tree", "other-of-goals", said=reading.otherwise, goals=found) if found else ""
    return _beside(reading, said, words)


def _beside(reading: Reading, said: str, words: Wording) -> str:
    """An interpretation as it is written, and what is said of its other reading."""
    text = words.reading(reading)
    ended = not said or reading.text.endswith(tuple(ENDS_OF_SENTENCE))
    return f"{text if ended else f'{text}.'} {said}".rstrip()


def _told(goal: GoalTrace, other: ByOtherReading, words: Wording) -> str:
    """What a goal comes to by another reading: only what is not the same is told at length."""
    read, key = _read(goal, other), "other"
    if other.untold:
        key = f"other-{other.untold}"
    elif not _differs(goal, other, words):
        key = "other-same" if (read.worst, read.best) == (goal.worst, goal.best) else "other-level"
    verdict, level = words.short_verdict(read), words.levels(read) if read.verdict else ""
    said = other.reading.otherwise
    return words.say("tree", key, said=said, verdict=verdict, level=level)


def _differs(goal: GoalTrace, other: ByOtherReading, words: Wording) -> bool:
    """Whether it is told that the goal would be another by it."""
    return not other.untold and words.short_verdict(_read(goal, other)) != words.short_verdict(goal)


def _read(goal: GoalTrace, other: ByOtherReading) -> GoalTrace:
    """A goal as it is by another reading."""
    return evolve(
        goal,
        verdict=other.verdict,
        met=other.met,
        worst=other.worst,
        best=other.best,
        reasons=other.reasons,
    )
