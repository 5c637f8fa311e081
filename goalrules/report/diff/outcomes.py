"""The verdicts on outcomes by the old rules and by the new, in words."""

from goalrules.compare.result import OnOutcomes, Rejudged, RuleOutcome
from goalrules.data.period import show_period, stored_period
from goalrules.report.diff.shape import Anew, Table
from goalrules.report.diff.words import DiffWords


def anew_of(found: OnOutcomes, words: DiffWords) -> Anew:
    """How many goals would have been judged otherwise, and a table of them all."""
    period = show_period(stored_period(found.period), words.words.language)
    columns = ("goal", "before", "after", "differs")
    return Anew(
        words.say("outcomes", "heading", period=period),
        (_counts(found, words), words.say("outcomes", "note")),
        Table(
            [words.say("outcomes", each) for each in columns],
            [_row(each, words) for each in found.goals],
        ),
    )


def _counts(found: OnOutcomes, words: DiffWords) -> str:
    tried = [each for each in found.goals if each.after]
    count = sum(each.differs for each in tried)
    key = ("some" if count else "none") if tried else "no-goals"
    verdicts = words.say("outcomes", key, count=count, of=len(tried))
    levels = sum(each.relevels for each in tried)
    if not levels:
        return verdicts
    also = words.say("outcomes", "levels-one" if levels == 1 else "levels-more", count=levels)
    return f"{verdicts} {also}"


def _row(each: Rejudged, words: DiffWords) -> list[str]:
    goal = words.goal(each.old)
    if each.new and each.new.name != each.old.name:
        goal = words.say("words", "arrow", old=goal, new=words.goal(each.new))
    before = _came(each.before, words)
    if each.after is None:
        return [goal, before, words.say("outcomes", each.left_out.replace(" ", "-")), ""]
    differs = "level" if each.relevels else ("yes" if each.differs else "no")
    return [goal, before, _came(each.after, words), words.say("outcomes", differs)]


def _came(came: RuleOutcome, words: DiffWords) -> str:
    """A verdict, with the level where it is decided."""
    if came.verdict == "open":
        return words.say("outcomes", "open")
    verdict = words.say("verdict", came.verdict)
    if came.worst != came.best:
        return verdict
    return words.say("moves", "goal", verdict=verdict, level=words.level(came.worst, "neuter"))
