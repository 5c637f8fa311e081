"""An indicator that decides two of the goals which a goal above counts beside each other."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from goalrules.analyse.bdd_queries import restrict, support
from goalrules.analyse.compiled_rules import CompiledRules, States, compile_rules
from goalrules.analyse.pseudo_boolean import Variable
from goalrules.language.plan import goals_named
from goalrules.language.syntax import Name
from goalrules.lazily import frozen
from goalrules.lint.linted_rule import LintedRule
from goalrules.lint.plan_rules import IndicatorKey, PlanRules, slots_of
from goalrules.lint.result import Example, ExampleMember, ExampleOutcome, Finding
from goalrules.text.diagnostics import WordRef

CODE: Final = "counted-twice"


def find(plan_rules: PlanRules, linted: LintedRule) -> Iterator[Finding]:
    """For each two goals that a goal counts, the indicators that take both from met to not met."""
    counted = {name.text: name for name in goals_named(linted.judging)}
    below = [(name, plan_rules.beside(goal, linted)) for goal, name in counted.items()]
    rules = [(name, rule) for name, rule in below if rule]
    for (_, one), (name, other) in combinations(rules, 2):
        yield from _of_two(linted, name, GoalCouple(plan_rules, one, other))


def _of_two(above: LintedRule, name: Name, pair: "GoalCouple") -> Iterator[Finding]:
    shared = list(pair.shared())
    if shared:
        periods = (above.possible.period,) if above.possible.period else ()
        clauses = [
            each.span
            for each in above.judging
            if any(other is name for other in goals_named([each]))
        ]
        yield Finding(
            CODE, "fault", above.goal, above.kind, (name.span, *clauses),
            {
                "members": tuple(WordRef("member", each.slot.name) for each in shared),
                "one": pair.one.term,
                "other": pair.other.term,
            },
            tuple(pair.case(shared[0], best=best) for best in (True, False)),
            periods=periods,
        )  # fmt: skip


@frozen
class Decisive:
    """An indicator, and the least case of it and the others in which it decides two goals."""

    slot: IndicatorKey
    places: Mapping[str, int]


@frozen
class GoalCouple:
    """Two goals that are counted beside each other, over the indicators that they come down to."""

    plan_rules: PlanRules
    one: LintedRule
    other: LintedRule

    def shared(self) -> Iterator[Decisive]:
        """The indicators that decide both goals at once, in the order of the file."""
        formulas = [
            self.plan_rules.spread(each, each.level_rule.met, sure=sure)
            for sure in (True, False)
            for each in (self.one, self.other)
        ]
        slots = self.plan_rules.in_order(key for formula in formulas for key in slots_of(formula))
        variables = [Variable(each.key, len(each.levels) - 1) for each in slots]
        compiled = compile_rules((), formulas, variables)
        for slot in slots:
            states = _deciding(compiled, compiled.order.index(slot.key))
            if states is not None:
                yield Decisive(slot, compiled.order.case(states))

    def case(self, decisive: Decisive, *, best: bool) -> Example:
        """What both goals come to with the indicator at its best, or its worst."""
        places = dict(decisive.places)
        if not best:
            places[decisive.slot.key] = 0
        slots = self.plan_rules.in_order(places)
        return Example(
            tuple(
                ExampleMember(each.kind, each.name, each.goal, each.levels[places[each.key]])
                for each in slots
            ),
            tuple(outcome_of(each, met=best) for each in (self.one, self.other)),
        )


def outcome_of(linted: LintedRule, *, met: bool) -> ExampleOutcome:
    """That a goal is met, or not met, at whatever level."""
    at, levels = linted.level_rule.met, linted.level_rule.scale.levels
    if met:
        return ExampleOutcome(linted.kind, linted.goal, "met", levels[at], levels[-1])
    return ExampleOutcome(linted.kind, linted.goal, "not met", levels[0], levels[at - 1])


def _deciding(compiled: CompiledRules, index: int) -> States | None:
    """The least case in which two goals are met, and can be no longer with one at its worst."""
    diagrams, top = compiled.order.diagrams, compiled.order.diagrams.sizes[index] - 1
    met, can_be = compiled.conditions[:2], compiled.conditions[2:]
    if not all(index in support(diagrams, each) for each in met):
        return None
    both = diagrams.both(*(restrict(diagrams, each, index, top) for each in met))
    left = diagrams.either(*(restrict(diagrams, each, index, 0) for each in can_be))
    found = compiled.least(both, left)
    return found and [*found[:index], top, *found[index + 1 :]]
