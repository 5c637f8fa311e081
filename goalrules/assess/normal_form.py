"""The normal form of a goal: all that its verdicts follow from, written in one way.

It is of the core, to which every form of rule is lowered: members at levels and counts of them, and
what the file says of how each member gets its level. Language, synonyms, titles, comments and the
order of what has no order are not in it; `grammar/conformance/normal-form.md` tells what is.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from hashlib import sha256
from itertools import chain
from math import gcd, lcm
from typing import Any, cast, get_args

from attrs import evolve, fields

from goalrules.assess.goal_rule import GoalRule
from goalrules.assess.indicator_case import IndicatorProgram, IndicatorRule
from goalrules.assess.plan_program import GoalProgram, PlanProgram
from goalrules.core.nodes import AtLeast, LevelRule, Node, Part, Reaches, every, members_of, some
from goalrules.core.vocabulary import JANUARY, Month, PeriodClass
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.levels import LevelScale
from goalrules.language.lower import UNSAID
from goalrules.language.naming import goal_key, levels_of_group
from goalrules.language.plan import GoalEntry, Home, Plan, Step, better_side, compared_with
from goalrules.language.years import regime_among, regimes
from goalrules.text.names import folded, level_key
from goalrules.text.numbers import trimmed

Json = Any
"""What JSON can hold."""

NORMAL_FORM = "1"
"""The version of the normal form. What is in it of an older rule never changes within one."""

STAND_INS = ("/1", "/2")
"""The members of a group that the data fill in, and of units that no file lists: two of them,
since a count says the same of each."""

RELATIVE: tuple[sx.FormulaKind, ...] = ("mean", "mean of points", "fulfilment")
"""The formulas in which only the proportions of weights count."""


def normal_forms(plan: Plan) -> Mapping[str, str]:
    """The normal form of each goal of a plan as text, by its id in the order of the file.

    A goal that is another in some of the plan's months is all of these, each from a month on.
    """
    years = _Years(plan)
    found = [(when, _at(years, when)) for when in years.starts()]
    ids = dict.fromkeys(id_ for _, forms in found for id_ in forms)
    return {id_: _text(_through_years(id_, found)) for id_ in ids}


Programs = Mapping[PeriodClass, PlanProgram]
"""A plan in some of its years, for each class of period."""


class _Years:
    """A plan in every month, as what is in force at the end of a period."""

    def __init__(self, plan: Plan) -> None:
        classes: tuple[PeriodClass, ...] = get_args(PeriodClass)
        self.regimes = regimes(plan)
        self._programs = {
            regime.years: {each: PlanProgram(regime.plan, each) for each in classes}
            for regime in self.regimes
        }
        self._then: dict[tuple[Step, Month], str | None] = {}

    def at(self, when: Month) -> Programs:
        """The plan in a month."""
        return self._programs[regime_among(self.regimes, when).years]

    def starts(self) -> list[Month]:
        """The months in which something of the plan can change, and the first.

        What changes in a month does so later for an indicator that is of then, and for one that
        rests on such a one later still.
        """
        found, most, before = set[Month](), 0, set[int]()
        for regime in self.regimes:
            named = _years_of_targets(regime.plan)
            aimed = {(year, JANUARY) for each in named for year in (each, each + 1)}
            found |= {regime.years.start, *(each for each in aimed if each in regime.years)}
            depths: dict[Step, int] = {}
            program = next(iter(self.at(regime.years.start).values()))
            for what, _, each in program.steps:
                step, is_then = (what, each.home), each.entry.earlier
                below = max((depths[one] for one in program.before[step]), default=0)
                depths[step] = below + (1 if is_then else 0)
                before |= {int(is_then.years)} if is_then else set()
            most += max(depths.values(), default=0)
        first, last = self.regimes[0].years.start, self.regimes[-1].years.end
        for _ in range(most):
            found |= {(year + years, month) for year, month in found for years in before}
        return sorted(each for each in found if first <= each <= last)

    def then(self, step: Step, when: Month) -> str | None:
        """The digest of what an indicator came of in a month; None where there was none."""
        if (step, when) not in self._then:
            programs, found = self.at(when), dict[str, dict[str, Json]]()
            program = next(iter(programs.values()))
            taken = [*program.steps_to(step)] if step in program.before else []
            judged = {each.home for what, _, each in taken if what == "level"}
            for _, goal, each in taken:
                own = _indicator(each, when, self, judged=each.home in judged)
                found.setdefault(folded(goal.goal.id), {})[each.fold] = own
            form: dict[str, Json] = {"indicators": found}
            if step[0] == "level":
                form["by value"] = {
                    class_: _indicator_rule(each.rule) for class_, each in programs.items()
                }
            self._then[step, when] = digest_of(_line(form)) if taken else None
        return self._then[step, when]

    def earlier(self, said: st.Earlier, original: Home, now: Month, *, own: bool | None) -> Json:
        """What one of an earlier period was, and whether the plan says by what it is judged.

        `own` is whether that is by what is said of it itself; None where it is not judged.
        """
        years = int(said.years)
        when = now[0] - years, now[1]
        program = next(iter(self.at(when).values()))
        then = next((e for _, _, e in program.steps if e.home == original), None)
        in_force = then is not None and then.in_force(when, program.rule)
        step: Step = "level" if in_force and own is False else "value", original
        found = {"of": original[1], "years": years, "then": self.then(step, when)}
        return {**found, "in force": in_force} if own is False else found


def _years_of_targets(plan: Plan) -> Iterator[int]:
    """The years that are named in targets."""
    for goal in plan.goals:
        for entry in goal.indicators:
            target = entry.first(st.Target)
            yield from (int(each.year) for each in (target.aims if target else ()) if each.year)


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def _text(form: Json) -> str:
    """A normal form as text: keys in order, and no space."""
    return _line({"normal form": NORMAL_FORM, **form})


def _through_years(id_: str, starts: Sequence[tuple[Month, Mapping[str, Json]]]) -> Json:
    """One form where a goal is the same in all years, else each from a year, or a month of it."""
    found: list[Json] = []
    for (year, month), forms in starts:
        if not found or found[-1]["goal"] != forms.get(id_):
            start = year if month == JANUARY else f"{year}-{month:02}"
            found.append({"goal": forms.get(id_), **({"from": start} if found else {})})
    return found[0] if len(found) == 1 else {"years": found}


def _at(years: _Years, when: Month) -> Mapping[str, Json]:
    """The form of each goal of a plan in a month."""
    found: dict[str, Json] = {}
    programs = years.at(when).values()
    goals = {each.id: each for program in programs for each in program.plan.goals}
    for id_ in dict.fromkeys(each for program in programs for each in program.order):
        found[id_] = _Goal(goals[id_], years, when).form(found)
    return found


class _Goal:
    """A goal in a month, with the plan in each class of period."""

    def __init__(self, goal: GoalEntry, years: _Years, when: Month) -> None:
        self.goal, self.years, self.when, self.programs = goal, years, when, years.at(when)
        self.any_class = next(iter(self.programs.values()))
        self.plan = self.any_class.plan
        self.groups = {
            each.name: tuple(f"{each.name}{end}" for end in STAND_INS) for each in goal.reported
        }

    def form(self, below: Mapping[str, Json]) -> Json:
        """All that its verdicts follow from; the goals that it rests on by their digests."""
        program = self.any_class.goals[self.goal.id]
        levels = self.any_class.names.goals[goal_key(self.goal.id)]
        by_class = {each: self._in_class(plan) for each, plan in self.programs.items()}
        first = next(iter(by_class.values()))
        rests_on = sorted({each for own in self.programs.values()
                           for each in own.goals[self.goal.id].below})  # fmt: skip
        whole = self.goal.first(st.Overall) or next(iter(self.plan.all(st.Overall)), None)
        form = {
            "scale": _levels(levels),
            "met": levels.met,
            "rules": {"always": first}
            if list(by_class.values()) == [first] * len(by_class)
            else by_class,
            "indicators": dict(self._indicators(program)),
            "groups": {
                folded(each.name): _levels(levels_of_group(each, self.goal, self.any_class.names))
                for each in self.goal.reported
            },
            "goals": {folded(each): digest_of(_text({"goal": below[each]})) for each in rests_on},
            "as a whole": sorted(whole.periods) if whole else [],
        }
        return {key: each for key, each in form.items() if each not in ({}, [])}

    def _in_class(self, plan: PlanProgram) -> Json:
        """What the goal's rule is in a class of period, in one unit and in all."""
        program = plan.goals[self.goal.id]
        found: dict[str, Json] = {}
        if program.clauses and not self.goal.followed_up_only:
            found["rule"] = _rule(program.rule(self.groups).rule)
            if self.groups:
                found["unreported"] = {
                    folded(each): _rule(program.rule({**self.groups, each: ()}).rule)
                    for each in self.groups
                }
                found["nothing reported"] = _rule(program.rule(dict.fromkeys(self.groups, ())).rule)
        listed = [name.text for each in self.plan.all(st.Units) for name in each.names]
        over = program.over_units(listed or STAND_INS)
        if over:
            found["units"] = sorted(map(folded, listed))
            found["together"] = _rule(over[1].rule)
        rule, judged = plan.rule, [*program.indicators, *self._shared(program).values()]
        if any(
            each.entry.first(st.ValueBands) is None and each.levels.scale == rule.level_rule.scale
            for each in judged
        ):
            found["by value"] = _indicator_rule(rule)
        return found

    def _shared(self, program: GoalProgram) -> Mapping[str, IndicatorProgram]:
        """The indicators that are taken from other goals, each as it is there."""
        found: dict[str, IndicatorProgram] = {}
        for each in self.goal.indicators:
            if each.shared:
                home = self.any_class.goals[program.homes[each.name][0]].indicators
                own = next(one for one in home if one.fold == folded(each.name))
                found[own.fold] = own
        return found

    def _indicators(self, program: GoalProgram) -> Iterator[tuple[str, Json]]:
        """The indicators that verdicts follow from, by the folds of their names."""
        rules = [plan.goals[self.goal.id].rule(self.groups) for plan in self.programs.values()]
        of_rules = (node for each in rules for node in each.rule.remaining)
        asked = {folded(name) for each in rules for name in each.asked}
        asked |= {folded(name) for node in of_rules for name in members_of(node)}
        asked |= {folded(name) for each in rules for name in _own(each.rule)}
        yield from _closure(self.any_class, program, asked, self.when, self.years)


def _own(rule: GoalRule) -> tuple[str, ...]:
    """The members of a goal where one that is missing calls others, whoever the rule asks for."""
    return rule.names.own if any(each.instead for each in rule.policies) else ()


# Rules


def _rule(rule: GoalRule) -> Json:
    """The rule of a goal with what is done before it, and what stands beside it."""
    named = (each or () for each in rule.names.members.values())
    keys = sorted({*rule.names.own, *chain.from_iterable(named)})
    beside = {
        "members": sorted(map(folded, _own(rule))),
        "policies": _ordered(_policy(each, rule, keys) for each in rule.policies),
        "quorums": _ordered(map(_node, rule.quorums)),
        "quorums of levels": _ordered(
            {"level": place, "quorum": _node(node)} for place, node in rule.of_levels
        ),
        "remain": _ordered(map(_node, rule.remaining)),
        "remarks": _ordered({"text": text, "unless": _node(node)} for text, node in rule.remarks),
    }
    return {**_level_rule(rule.level_rule), **{key: each for key, each in beside.items() if each}}


def _level_rule(rule: LevelRule) -> Json:
    """When each level is reached, from the one above the floor up, and what it is kept below."""
    above: list[AtLeast | None] = [*rule.reach[1:], None]
    found: dict[str, Json] = {
        "floor": rule.floor,
        # When a level is reached, but for that the next better one is.
        "reach": [
            _node(
                evolve(own, parts=own.parts[:-1])
                if better is not None and own.parts and own.parts[-1].node == better
                else own
            )
            for own, better in zip(rule.reach, above, strict=True)
        ],
    }
    if rule.caps:
        caps = {_line(each): each for cap in rule.caps
                for each in [{"level": cap.level, "unless": _node(cap.node)}]}  # fmt: skip
        found["caps"] = [caps[each] for each in sorted(caps)]
    return found


def _policy(policy: st.Policy, rule: GoalRule, keys: Iterable[str]) -> Json:
    """What is done with members that are missing, or do not apply."""
    found: dict[str, Json] = {"of": policy.of}
    if policy.instead:
        found["instead"] = sorted(map(folded, rule.names.find(policy.instead) or ()))
    elif policy.level:
        name = policy.level.text
        found["as"] = {folded(key): rule.names.levels(key).stands_for(name) for key in keys}
    return found


def _node(node: Node) -> Json:
    """A member at a level, or a count of parts: how much of them is needed.

    Weights and what is needed are divided by what they have in common. A count always applies, so
    that all of one count, or one of one, is that count, and all of some counts of which one is all
    of others is all of all of them.
    """
    if isinstance(node, Reaches):
        return {**_member(node.member), "level": node.level}
    if _is_all(node) or _is_any(node):
        node = evolve(node, parts=tuple(dict.fromkeys(_flat(node))))
        if len(node.parts) == 1 and isinstance(node.parts[0].node, AtLeast):
            return _node(node.parts[0].node)
    sizes = (abs(each) for part in node.parts for each in (part.weight, part.adds))
    common = reduce(gcd, sizes, abs(node.need)) or 1
    form: dict[str, Json] = {
        "need": node.need // common,
        "share": str(node.share),
        "more": node.strict,
        "empty": node.if_empty,
        "applying": node.min_applying,
        "beyond": node.undefined_if,
    }
    found = {key: each for key, each in form.items() if each != AS_A_RULE[key]}
    return {**found, "of": _ordered(_part(each, common) for each in node.parts)}


AS_A_RULE = {
    "need": 0,
    "share": "0",
    "more": False,
    "empty": None,
    "applying": 0,
    "beyond": "above",
}
"""What is left out of a count where it is so."""


def _is_all(node: AtLeast) -> bool:
    """Whether a node is that every part holds, and nothing more."""
    return node == every([part.node for part in node.parts], node.role)


def _is_any(node: AtLeast) -> bool:
    """Whether a node is that one part holds, and nothing more."""
    return node == some([part.node for part in node.parts], node.role)


def _flat(node: AtLeast) -> Iterator[Part]:
    """The parts of all, or one, of some, each count of the same kind by its own parts."""
    same = _is_all if _is_all(node) else _is_any
    for part in node.parts:
        own = part.node
        counts = isinstance(own, AtLeast) and own.parts and same(own)
        if counts and all(isinstance(each.node, AtLeast) for each in cast(AtLeast, own).parts):
            yield from _flat(cast(AtLeast, own))
        else:
            yield part


def _part(part: Part, common: int) -> Json:
    found = {"weight": part.weight // common, "size": part.adds // common}
    if found["size"] == found["weight"]:
        del found["size"]
    return _node(part.node) if found == {"weight": 1} else {**found, "part": _node(part.node)}


def _member(key: str) -> Json:
    """A member by its name; a goal by its id, and what the plan does not say by that."""
    if key == UNSAID:
        return {"unsaid": True}
    goal = key.removeprefix(goal_key(""))
    return {"goal": folded(goal)} if goal != key else {"member": folded(key)}


def _ordered(parts: Iterable[Json]) -> list[Json]:
    """What has no order, in the order of its text."""
    return sorted(parts, key=_line)


def _line(form: Json) -> str:
    """A part of a normal form as text: keys in order, and no space."""
    return json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _levels(levels: LevelScale) -> list[str]:
    """The levels of a scale, worst first."""
    return [level_key(each) for each in levels.scale.levels]


# Indicators


def _indicator_rule(rule: IndicatorRule) -> Json:
    """The rule by which indicators get their levels, and how what nobody has stated is taken."""
    shares = (Decimal(each.removesuffix(" %")) for each in rule.target.levels[1:-1])
    return {
        **_level_rule(rule.level_rule),
        "scale": [level_key(each) for each in rule.level_rule.scale.levels],
        "target": list(map(_value, shares)),
        "unstated": rule.unstated.best,
    }


def _closure(
    plan: PlanProgram, program: GoalProgram, folds: Iterable[str], when: Month, years: _Years
) -> Iterator[tuple[str, Json]]:
    """Some indicators of a goal, and all that their values and targets come of.

    One that is taken from another goal is what it is there.
    """
    known = {each.fold: each for each in program.indicators}
    homes = {folded(name): home for name, home in program.homes.items()}
    left, done = list(folds), set[str]()
    judged = {*left}
    judged |= {
        term.fold
        for each in program.indicators
        if each.formula and each.formula.kind in sx.OF_JUDGED
        for term in each.terms
    }
    while left:
        fold = left.pop()
        if fold in done or fold not in homes:  # that is a group which the data fill in
            continue
        done.add(fold)
        indicator = known.get(fold)
        if indicator is None:
            goal, name = homes[fold]
            of_home = _closure(plan, plan.goals[goal], [folded(name)], when, years)
            yield fold, {"of": folded(goal), "indicators": dict(of_home)}
            continue
        yield fold, _indicator(indicator, when, years, judged=fold in judged)
        left += [each.fold for each in indicator.terms if each.number is None]
        left += compared_with(indicator.entry)


def _indicator(indicator: IndicatorProgram, when: Month, years: _Years, *, judged: bool) -> Json:
    """All that an indicator's level follows from, beside its outcomes.

    Of one of an earlier period whose level is not asked for, all that its value follows from.
    """
    aim = indicator.aim(when[0])
    found: dict[str, Json] = {"scale": _levels(indicator.levels), **_from_where(indicator, aim)}
    earlier, original = indicator.entry.earlier, indicator.original
    if earlier and original:
        by_itself = indicator.has_rule_for_numbers if judged else None
        found["earlier"] = years.earlier(earlier, original, when, own=by_itself)
    for statement in indicator.entry.statements:
        body, code = statement.body, statement.body.placement.diff
        match body:
            case st.Better() | st.Weight() | st.ShownOnly() | st.OwnPoints() | st.Baseline():
                continue  # from where, or in the rules and values that it is a member of
            case st.Target():
                found[code] = _value(aim)
            case st.ValueBands(bands):
                found[code] = _ordered(map(_value, bands))
            case st.Expected(steps):
                found[code] = _ordered(map(_value, steps))
            case st.WorkedOut(formula):
                found[code] = _formula(formula, indicator)
            case st.Parts(names, reported, own):
                parts = None if reported else sorted(folded(each.text) for each in names)
                found[code] = {"parts": parts, "targets": _ordered(map(_value, own))}
            case _ if code:
                found[code] = _value(body)
    return found


def _from_where(indicator: IndicatorProgram, aim: sx.TargetSpec | None) -> Json:
    """Which side is better, and the baseline, where levels follow from them."""
    change = aim if isinstance(aim, sx.Change) else None
    formula, start = indicator.formula, indicator.entry.first(st.Baseline)
    found: dict[str, Json] = {}
    sided = formula is not None and (formula.few or formula.kind in ("best", "worst"))
    if sided or (change and change.direction == "maintain"):
        found["better"] = better_side(indicator.entry)
    if change and start and start.number is not None:
        found["baseline"] = _value(start.number)
    return found


def _formula(formula: sx.Formula, indicator: IndicatorProgram) -> Json:
    """How a value is worked out: from which terms, and what is done with those that are missing."""
    weights = [each.weight for each in indicator.terms]
    below = lcm(*(each.denominator for each in weights))
    common = Fraction(gcd(*(int(each * below) for each in weights)), below)
    shared = common if common and formula.kind in RELATIVE else Fraction(1)
    terms = [
        {
            **({"number": _value(each.number)} if each.number is not None else {"of": each.fold}),
            "weight": str(each.weight / shared),
            "worth": [str(one) for one in each.worth],
        }
        for each in indicator.terms
    ]
    if formula.kind == "table":
        grid: Sequence[Sequence[int]] = indicator.grid
        one, other = (each.fold for each in indicator.terms)
        if other < one:  # whichever indicator has the rows
            one, other, grid = other, one, [*zip(*grid, strict=True)]
        levels = [level_key(each) for each in indicator.levels.scale.levels]
        cells = [[levels[place] for place in row] for row in grid]
        return {"kind": "table", "terms": [one, other], "cells": cells}
    found: dict[str, Json] = _value(evolve(formula, terms=(), asked=None))
    found["terms"] = terms if formula.kind in sx.OF_TWO else _ordered(terms)
    return found | ({"asked": "target reached"} if isinstance(formula.asked, sx.Fact) else {})


def _value(value: object) -> Json:
    """A value of the syntax: numbers as text, names folded, and what is not said left out."""
    found: Json = value
    match value:
        case Decimal():
            found = f"{trimmed(value):f}"
        case sx.Name():
            found = folded(value.text)
        case tuple():
            found = [_value(each) for each in cast("tuple[object, ...]", value)]
        case sx.Within() | sx.Around() | sx.Range():
            found = {"from": _value(value.low), "to": _value(value.high)}
        case sx.PartsReached(need):
            found = {"parts": "all" if need is None else _value(need)}
        case sx.Band(level, bound):
            found = {"level": level_key(level.text), "bound": _value(bound)}
        case None | bool() | int() | str():
            pass
        case _:
            said = {
                each: getattr(value, each.name)
                for each in fields(cast(Any, type(value)))
                if each.eq
            }
            found = {each.name.replace("_", " "): _value(own) for each, own in said.items()
                     if own != each.default}  # fmt: skip
    return found
