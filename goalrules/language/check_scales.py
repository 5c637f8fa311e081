"""What is wrong with the scales that a plan declares, and with where they are named."""

from collections.abc import Iterable, Iterator

from goalrules.core.scales import COLOURS, MOST_LEVELS
from goalrules.language.context import Context
from goalrules.language.keywords import words
from goalrules.language.levels import scales_of
from goalrules.language.plan import Plan
from goalrules.language.statements import ScaleHead, Statement
from goalrules.language.syntax import Name
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.names import folded, nearest

LEVEL_WORDS = ("LEVEL", "MET", "NOT_MET")
"""What a level may be among the words of the language."""


def check_scales(plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """The faults of the scales of a plan."""
    seen: dict[str, int] = {}
    scales = scales_of(plan)
    for statement in plan.statements:
        if isinstance(statement.body, ScaleHead):
            head = statement.body
            key = folded(head.name.text) if head.name else ""
            if key in seen:
                yield context.at(statement.span, "scale-twice", line=seen[key])
            seen.setdefault(key, statement.span.line)
            yield from _check_levels(statement, head, context)
            yield from _check_words(head, plan.language, context)
            yield from _check_reading(head, plan, context)
    for name in _named(plan):
        if folded(name.text) not in scales.named:
            close = nearest(name.text, scales.named)
            yield context.at(name.span, "unknown-scale", text=name.text, nearest=close)


def _check_levels(statement: Statement, head: ScaleHead, context: Context) -> Iterator[Diagnostic]:
    if not 2 <= len(head.levels) <= MOST_LEVELS:  # noqa: PLR2004 - one level parts nothing
        yield context.at(statement.span, "scale-size", size=len(head.levels), most=MOST_LEVELS)
    yield from _repeated(head.levels, context)


def _check_words(head: ScaleHead, language: str, context: Context) -> Iterator[Diagnostic]:
    """The levels that are words of the language, and so would take those from the whole file."""
    for level in head.levels:
        meaning = words(language).meaning(level.text)
        if meaning and meaning.type not in LEVEL_WORDS:
            yield context.at(level.span, "level-is-word", text=level.text)


def _repeated(levels: Iterable[Name], context: Context) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for level in levels:
        if level.text in seen:
            yield context.at(level.span, "level-twice", level=WordRef("level", level.text))
        seen.add(level.text)


def _check_reading(head: ScaleHead, plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """A reading names levels of its scale, each once, and rising levels of another."""
    own = [level.text for level in head.levels]
    for each in head.reads:
        if each.level.text not in own:
            of_scale = tuple(WordRef("level", level) for level in own)
            word = WordRef("level", each.level.text)
            yield context.at(each.span, "unknown-level", text=word, levels=of_scale)
    yield from _repeated((each.level for each in head.reads), context)
    words = {each.read_as.text for each in head.reads}
    known = [
        COLOURS.levels,
        *([level.text for level in each.levels] for each in plan.all(ScaleHead)),
    ]
    target = next((levels for levels in known if words <= set(levels)), None)
    if head.reads and target is None:
        yield context.at(head.reads[0].span, "reads-on-none")
    elif target and not _rises(head, own, list(target)):
        yield context.at(head.reads[0].span, "reads-not-ordered")


def _rises(head: ScaleHead, own: list[str], target: list[str]) -> bool:
    """Whether better levels are read as better ones, or as the same."""
    pairs = [
        (own.index(each.level.text), target.index(each.read_as.text))
        for each in head.reads
        if each.level.text in own
    ]
    read = [place for _, place in sorted(pairs)]
    return read == sorted(read)


def _named(plan: Plan) -> Iterator[Name]:
    for goal in plan.goals:
        names = [goal.goal.scale, *(entry.indicator.scale for entry in goal.indicators)]
        yield from (name for name in dict.fromkeys(names) if name)
