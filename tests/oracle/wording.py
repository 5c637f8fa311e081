"""A rule form in the words of the language, in Swedish or English, as DESIGN.md sketches them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from .forms import (
    BOUNDING,
    BY_MET,
    Condition,
    Count,
    Joined,
    Named,
    OnlyTop,
    Ordered,
    Rule,
)
from .points import Score

WORDS = {
    "en": {
        "at least": "at least",
        "at most": "at most",
        "of": "of",
        "majority": "majority",
        "half": "half",
        "all": "all",
        "any": "any",
        "no": "no",
        "none": "none",
        "and": "and",
        "or": "or",
        "including": "including",
        "rest": "rest",
        "goals": "goals",
        "goal": "goal",
        "worse than": "worse than",
        "over": "over",
        "under": "under",
        "of weight": "of weight",
        "sum": "sum of points",
        "mean": "mean of points",
        "share": "of points",
        "lowest": "lowest",
        "percent": "percent",
        "when": "when",
        "otherwise": "otherwise",
    },
    "sv": {
        "at least": "minst",
        "at most": "högst",
        "of": "av",
        "majority": "majoriteten",
        "half": "hälften",
        "all": "alla",
        "any": "någon",
        "no": "ingen",
        "none": "ingen",
        "and": "och",
        "or": "eller",
        "including": "varav",
        "rest": "övriga",
        "goals": "mål",
        "goal": "mål",
        "worse than": "sämre än",
        "over": "över",
        "under": "under",
        "of weight": "av vikten",
        "sum": "poängsumman",
        "mean": "medelpoängen",
        "share": "av poängen",
        "lowest": "lägsta",
        "percent": "procent",
        "when": "om",
        "otherwise": "annars",
    },
}
LEVELS = {  # one, many
    "green": ("grön", "gröna"),
    "yellow": ("gul", "gula"),
    "red": ("röd", "röda"),
    "met": ("uppfyllt", "uppfyllda"),
    "not met": ("inte uppfyllt", "inte uppfyllda"),
}


@dataclass(frozen=True)
class Style:
    """The freedom a writer has: none of it changes what the rule means."""

    floor: str = "≥"  # or ">=", or "word"
    commas: str = "rest"  # before the rest only, or "both", or "none"
    rest_first: bool = False
    at_least: bool = True  # written before a number or a percentage
    percent: str = " %"  # or "%", or "word"
    brackets: bool = True  # also round joined conditions that need none
    lines: bool = False  # a line for each level
    goals_first: bool = False  # in a list of members and goals, each goal by that word


PLAIN = Style()


def text(rule: Rule, language: str, style: Style = PLAIN, *, bad: bool = False) -> str:
    """The rule's own text; with `bad`, as it stands in a limit that binds when all is not well."""
    match rule:
        case OnlyTop():
            return _case("green", rule.green, language, style)
        case Ordered():
            green = _case("green", rule.green, language, style)
            yellow = _case("yellow", rule.yellow, language, style)
            otherwise = f"{WORDS[language]['otherwise']} {level_word('red', language)}"
            return ("\n" if style.lines else "; ").join((green, yellow, otherwise))
        case Joined():
            word = f" {WORDS[language][rule.word]} "
            return word.join(_part(part, language, style, bad=bad) for part in rule.parts)
        case Score():
            return _score(rule, language, style)
        case Named():
            named = _named(rule, language, style, bad=bad)
            return _with_clauses(named, rule, language, style)
        case Count():
            counted = _counted(rule, language, style, bad=bad)
            return _with_clauses(counted, rule, language, style)
        case _:
            assert_never(rule)


def _case(level: str, condition: Condition, language: str, style: Style) -> str:
    """A level and when it holds."""
    head = f"{level_word(level, language)} {WORDS[language]['when']}"
    return f"{head} {text(condition, language, style)}"


def _part(part: Condition, language: str, style: Style, *, bad: bool) -> str:
    """A joined condition, in brackets unless it is short and the writer leaves them out."""
    written = text(part, language, style, bad=bad)
    clauses = isinstance(part, Count) and part.including is not None
    rest = isinstance(part, Count | Named) and part.rest is not None
    needed = isinstance(part, Joined) or rest or clauses
    return f"({written})" if needed or style.brackets else written


def level_word(level: str, language: str, *, many: bool = False) -> str:
    """A level's word, in Swedish agreeing with one or many."""
    return level if language == "en" else LEVELS.get(level, (level, level))[many]


def _at_least(level: str, language: str, style: Style, *, many: bool) -> str:
    """A floor: a sign, or words, before a level."""
    sign = WORDS[language]["at least"] if style.floor == "word" else style.floor
    return f"{sign} {level_word(level, language, many=many)}"


def _sided(side: str, level: str, language: str, style: Style, *, many: bool) -> str:
    """A level, on one side of it where that is said."""
    if side == "at least":
        return _at_least(level, language, style, many=many)
    word = f"{WORDS[language][side]} " if side else ""
    return f"{word}{level_word(level, language, many=many)}"


def _met(noun: str, level: str, *, bad: bool) -> str:
    """The word for a level, or for goals as they are counted by being met."""
    if noun not in BY_MET:
        return level
    return "not met" if bad else "met"


def _named(rule: Named, language: str, style: Style, *, bad: bool) -> str:
    """One named member at a level, a floor where it is not the top of the colours."""
    level = _met(rule.noun, rule.level, bad=bad)
    floor = "at least" if level in {"yellow", "red"} and not bad else ""
    goal = f"{WORDS[language]['goal']} " if rule.noun.startswith("goals") else ""
    sided = _sided(rule.side or floor, level, language, style, many=False)
    return f"{goal}{rule.name} {sided}"


def _with_clauses(head: str, rule: Count | Named, language: str, style: Style) -> str:
    """The condition with what is included and the floor for the rest, in either order."""
    words, rest = WORDS[language], rule.rest
    including = rule.including if isinstance(rule, Count) else None
    clauses = []
    if including is not None:
        among = f"{including.number} {words['of']} " if including.number is not None else ""
        comma = "," if style.commas == "both" or (style.rest_first and rest) else ""
        names = listed(
            including.names,
            "mixed" if rule.noun.startswith("mixed") else "members",
            language,
            style,
        )
        clauses.append(f"{comma} {words['including']} {among}{names}")
    if rest is not None:
        floor = _at_least(rest, language, style, many=True)
        clauses.append(f", {words['rest']} {floor}")
    if style.commas == "none":
        clauses = [clause.removeprefix(",") for clause in clauses]
    return head + "".join(reversed(clauses) if style.rest_first else clauses)


def _counted(rule: Count, language: str, style: Style, *, bad: bool) -> str:
    """The quantifier, its group where that is written, and the level."""
    words = WORDS[language]
    level = _met(rule.noun, rule.level, bad=bad != (rule.kind in BOUNDING))
    weight = f" {words['of weight']}" if rule.weighed else ""
    scope = (
        f" {words['of']} {listed(rule.group, rule.noun, language, style)}" if rule.listed else ""
    )
    if rule.kind == "number" and not rule.listed and not rule.weighed:
        scope = f" {words['of']} {len(rule.group)}"
    many = rule.kind not in {"any", "none"} and (rule.kind, rule.amount) != ("at most", 1)
    quantity = _quantity(rule, language, style)
    return f"{quantity}{weight}{scope} {_sided(rule.side, level, language, style, many=many)}"


def listed(group: tuple[str, ...], noun: str, language: str, style: Style) -> str:
    """Members, goals, or both in one list: goals are those whose names begin with a number."""
    words = WORDS[language]
    if not noun.startswith("mixed"):
        return f"{words['goals']} " * noun.startswith("goals") + ", ".join(group)
    goals = [each for each in group if each[0].isdecimal()]
    names = [each for each in group if each not in goals]
    each_goal = [f"{words['goal']} {each}" for each in goals]
    if style.goals_first and len(goals) > 1:
        return ", ".join([*each_goal, *names])
    return ", ".join([*names, *([f"{words['goals']} {', '.join(goals)}"] if goals else [])])


def _score(score: Score, language: str, style: Style) -> str:
    """A bound on points."""
    words = WORDS[language]
    whom = listed(score.group, score.noun, language, style)
    among = f" {words['of']} {whom}" if score.listed else ""
    if score.lowest:
        among = f" {words['of']} {score.lowest} {words['lowest']}"
    number = _number(score.number, language)
    if score.total == "share":
        return f"{words['at least']} {number} % {words['share']}{among}"
    side = style.floor if score.side == "at least" and style.floor != "word" else words[score.side]
    return f"{words[score.total]}{among} {side} {number}"


def _quantity(rule: Count, language: str, style: Style) -> str:
    """The words before the group."""
    words = WORDS[language]
    at_least = f"{words['at least']} " if style.at_least else ""
    match rule.kind:
        case "number":
            return f"{at_least}{_number(rule.amount, language)}"
        case "percent":
            sign = f" {words['percent']}" if style.percent == "word" else style.percent
            return f"{at_least}{_number(rule.amount, language)}{sign}"
        case "half":
            return f"{words['at least']} {words['half']}"
        case "at most":
            return f"{words['at most']} {_number(rule.amount, language)}"
        case "none":
            return words["none" if rule.listed else "no"]
        case _:
            return words[rule.kind]


def _number(amount: int | Decimal, language: str) -> str:
    """A number with the language's decimal sign."""
    return str(amount) if language == "en" else str(amount).replace(".", ",")
