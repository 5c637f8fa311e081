"""A goal's whole rule in the words of the language: sentences to be given alone, or a file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from .forms import Condition, Count
from .goals import Extreme, Goal, Limit, Policy, Remark, Shift
from .wording import PLAIN, WORDS, Style, level_word, listed, text
from .world import COLOURS, Points, World

MORE = {
    "en": {
        "unless": "unless",
        "step": "one step",
        "two steps": "two steps",
        "better": "better",
        "worse": "worse",
        "met": "met",
        "missing": "missing",
        "not applicable": "not applicable",
        "left out": "left out",
        "counts as": "counts as",
        "replaced by": "replaced by",
        "remain": "at least {} remain",
        "requires": "requires",
        "no verdict": "no verdict",
        "for": "for",
        "assessed": "assessed",
        "remark": "remark",
        "points": "points",
        "own points": "own points",
        "weight": "weight",
        "worst": "worst of",
        "best": "best of",
        "same": "same as",
        "worst but": "worst but {} of",
        "scale": "scale",
        "reads": "reads",
        "as": "as",
        "on scale": "on scale",
        "group": "group",
        "indicator": "indicator",
        "met from": "met from",
        "valid": "valid",
    },
    "sv": {
        "unless": "om inte",
        "step": "ett steg",
        "two steps": "två steg",
        "better": "bättre",
        "worse": "sämre",
        "met": "uppfyllt",
        "missing": "saknade utfall",
        "not applicable": "ej tillämpliga",
        "left out": "räknas inte med",
        "counts as": "räknas som",
        "replaced by": "ersätts av",
        "remain": "minst {} återstår",
        "requires": "kräver",
        "no verdict": "ingen bedömning",
        "for": "för",
        "assessed": "bedömda",
        "remark": "anmärkning",
        "points": "poäng",
        "own points": "egna poäng",
        "weight": "vikt",
        "worst": "sämsta av",
        "best": "bästa av",
        "same": "samma som",
        "worst but": "sämsta utom {} av",
        "scale": "skala",
        "reads": "läses",
        "as": "som",
        "on scale": "på skala",
        "group": "grupp",
        "indicator": "indikator",
        "met from": "uppfyllt från",
        "valid": "gäller",
    },
}


def alone(goal: Goal, world: World, language: str, style: Style = PLAIN) -> str:
    """The goal's rule as sentences to be given alone, one after another."""
    points = [_points("points", world.points, language)] if world.points else []
    return "\n".join([*points, *sentences(goal, language, style)])


def file(
    goal: Goal, world: World, names: Sequence[str], language: str, style: Style = PLAIN
) -> str:
    """A whole file in which goal 1 has the rule."""
    words = MORE[language]
    newer = goal.shifts or goal.for_levels or not all(isinstance(e, Count) for e in goal.requires)
    lines = [
        f"goalrules {2 if newer else 1} {language}",
        'plan "P"',
        f"{words['valid']} 2025",
    ]
    lines += _scales(world, language)
    lines.append(f'{WORDS[language]["goal"]} 1 "T"')
    for name in names:
        lines += _indicator(name, world, language)
    lines += [f"{words['group']} {name} {', '.join(of)}" for name, of in world.groups.items()]
    lines += [f"{words['met from']} {level_word(world.met, language)}"] if world.met else []
    return "\n".join([*lines, alone(goal, world, language, style), ""])


def _scales(world: World, language: str) -> Iterator[str]:
    """The file's own scale, and one by name for each member that has another."""
    words = MORE[language]
    if world.scale != COLOURS:
        yield f"{words['scale']} {' < '.join(world.scale)}"
    for name, levels in world.scales.items():
        reads = [
            f"{level} {words['as']} {level_word(read, language)}"
            for level, read in world.reads.get(name, {}).items()
        ]
        reading = f" {words['reads']} {', '.join(reads)}" if reads else ""
        yield f"{words['scale']} s-{name}: {' < '.join(levels)}{reading}"


def _indicator(name: str, world: World, language: str) -> Iterator[str]:
    """One member and what is said of it."""
    words = MORE[language]
    scale = f" {words['on scale']} s-{name}" if name in world.scales else ""
    yield f"{words['indicator']} {name}{scale}"
    if name in world.weights:
        yield f"{words['weight']} {number(world.weights[name], language)}"
    if name in world.own_points:
        yield _points("own points", world.own_points[name], language)


def number(amount: int | Decimal, language: str) -> str:
    """A number with the language's decimal sign."""
    return str(amount) if language == "en" else str(amount).replace(".", ",")


def _points(head: str, points: Points, language: str) -> str:
    """What each level is worth."""
    pairs = [
        f"{level_word(level, language)} {number(each, language)}" for level, each in points.items()
    ]
    return f"{MORE[language][head]} {', '.join(pairs)}"


def sentences(goal: Goal, language: str, style: Style) -> Iterator[str]:
    """What is said of the goal beside its members, sentence by sentence."""
    when = WORDS[language]["when"]
    yield from (_policy(each, language) for each in goal.policies)
    yield from (_requires(each, language, style) for each in goal.requires)
    for level, quorum in goal.for_levels:
        named = level_word(level, language)
        yield f"{_requires(quorum, language, style)} {MORE[language]['for']} {named}"
    if goal.extreme:
        yield _extreme(goal.extreme, language, style)
    for clause in goal.clauses:
        level = level_word(clause.level, language)
        yield f"{level} {when} {text(clause.condition, language, style)}"
    if goal.otherwise:
        yield f"{WORDS[language]['otherwise']} {level_word(goal.otherwise, language)}"
    yield from (_shift(each, language, style) for each in goal.shifts)
    yield from (_limit(each, language, style) for each in goal.limits)
    yield from (_remark(each, language, style) for each in goal.remarks)


def _policy(policy: Policy, language: str) -> str:
    words = MORE[language]
    said = f"{words[policy.of]}: {words[policy.how]}"
    if policy.level or policy.group:
        said += f" {level_word(policy.level, language) if policy.level else policy.group}"
    return said + (f", {words['remain'].format(policy.remain)}" if policy.remain else "")


def _requires(quorum: Condition, language: str, style: Style) -> str:
    """A quorum; `assessed` stands where a level would."""
    words, style = MORE[language], replace(style, brackets=False)
    asked = text(quorum, language, style).replace("assessed", words["assessed"])
    if isinstance(quorum, Count):
        return f"{words['requires']} {asked}"
    return f"{words['no verdict']} {words['unless']} {asked}"


def _extreme(extreme: Extreme, language: str, style: Style) -> str:
    words = WORDS[language]
    head = MORE[language]["worst but" if extreme.but else extreme.kind].format(extreme.but)
    goals = f"{words['goals' if len(extreme.group) > 1 else 'goal']} " if extreme.goals else ""
    listing = listed(extreme.group, "mixed" if extreme.mixed else "members", language, style)
    group = f"{goals}{listing}" if extreme.listed else words["all"]
    return f"{head} {group}"


def _when_or_unless(word: str, language: str) -> str:
    return WORDS[language]["when"] if word == "when" else MORE[language]["unless"]


def _limit(limit: Limit, language: str, style: Style) -> str:
    side = WORDS[language]["at most" if limit.kind == "cap" else "at least"]
    condition = text(limit.condition, language, style, bad=limit.bad)
    word = _when_or_unless(limit.word, language)
    return f"{side} {level_word(limit.level, language)} {word} {condition}"


def _shift(shift: Shift, language: str, style: Style) -> str:
    steps = MORE[language]["step" if shift.by == 1 else "two steps"]
    condition = text(shift.condition, language, style, bad=shift.bad)
    word = _when_or_unless(shift.word, language)
    return f"{steps} {MORE[language][shift.kind]} {word} {condition}"


def _remark(remark: Remark, language: str, style: Style) -> str:
    words = MORE[language]
    condition = words["met"]
    if remark.condition is not None:
        condition = text(remark.condition, language, style, bad=remark.word == "when")
    word = _when_or_unless(remark.word, language)
    return f'{words["remark"]} "{remark.words}" {word} {condition}'
