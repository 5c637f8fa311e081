"""What two rule files say differently beside the rules of goals: told without any claim."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Literal, cast

from attrs import evolve

from goalrules.analyse.pseudo_boolean import Leaf, PseudoBoolean, Sum, Variable, pseudo_boolean
from goalrules.assess.indicator_case import CLAIMED
from goalrules.assess.possible import Possible
from goalrules.assess.targets import target_for
from goalrules.compare.pairing import PairedEntry
from goalrules.compare.result import FactChange, FactCode, PlanItem, Said
from goalrules.core.nodes import AtLeast, members_of
from goalrules.core.scales import known
from goalrules.language import statements as st
from goalrules.language.levels import LevelScale, levels_of_goal, scales_of
from goalrules.language.lower import lower_remark
from goalrules.language.naming import Naming
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan
from goalrules.language.statements import MetFrom, Overall, Points, ScaleHead, VerdictWords
from goalrules.language.syntax import Change, Compared, DatedTarget, FactName, Name
from goalrules.language.syntax import Fact as Stated
from goalrules.text.names import folded

Keys = Mapping[str, str]
"""What the new file calls each member of the old one."""

IN_ORDER = ("share", "difference", "quotient")
"""The formulas whose terms mean something else in another order."""


def thing(item: PairedEntry, goal: str = "") -> PlanItem:
    """An indicator or a group, and the goal that it came from."""
    if isinstance(item, IndicatorEntry):
        return PlanItem("indicator", item.name, item.indicator.title, goal)
    return PlanItem("group", item.name, goal=goal)


def goal_item(goal: GoalEntry) -> PlanItem:
    """A goal, or a contribution."""
    return PlanItem(goal.goal.kind, goal.id, goal.goal.title, called=goal.called)


def facts_of_items(
    old: PairedEntry, new: PairedEntry, plans: tuple[Plan, Plan], keys: Keys
) -> Iterator[FactChange]:
    """What is said differently of a member of both files."""
    own, aimed = thing(new), list[TargetPair]()
    if isinstance(old, IndicatorEntry) and isinstance(new, IndicatorEntry):
        aimed = list(_targets(old, new, plans))
    yield from (
        FactChange("target", _given(one), _given(other), own)
        for one, other in aimed
        if _differ(one and _as_called(one, keys), other and _as_called(other, {}))
    )
    changing = any(
        isinstance(dated.aim, Change)
        for pair in aimed
        for target in pair
        if target
        for dated in target.aims
    )
    for kind in st.KINDS:
        code = kind.placement.diff
        if not code or kind is st.Target or (kind is st.Baseline and not changing):
            continue
        one, other = old.first(kind), new.first(kind)
        if kind is st.Earlier:
            one, other = (
                each.earlier if isinstance(each, IndicatorEntry) else None for each in (old, new)
            )
        if _means(one, keys) != _means(other, {}):
            yield FactChange(code, _given(one), _given(other), own)


TargetPair = tuple[st.Target | None, st.Target | None]


def _targets(
    old: IndicatorEntry, new: IndicatorEntry, plans: tuple[Plan, Plan]
) -> Iterator[TargetPair]:
    """What is aimed at in each year of the plans, the first beside the first; else in all."""
    before, after = (
        [
            year
            for each in plan.all(st.Validity)
            for year in range(int(each.first), int(each.last) + 1)
        ]
        for plan in plans
    )
    if before and len(before) == len(after):
        for year, other in zip(before, after, strict=True):
            yield _in_year(old, year), _in_year(new, other)
    else:
        yield old.first(st.Target), new.first(st.Target)


def _in_year(indicator: IndicatorEntry, year: int) -> st.Target | None:
    aim = target_for(indicator, year)
    return None if aim is None else st.Target((DatedTarget(aim, Decimal(year)),))


def _differ(old: st.Target | None, new: st.Target | None) -> bool:
    """Whether two targets aim at other things; in which year does not count for one year alone."""
    single = [each.aims[0].aim for each in (old, new) if each and len(each.aims) == 1]
    return old != new if len(single) != len((old, new)) else single[0] != single[1]


def _as_called(target: st.Target, keys: Keys) -> st.Target:
    """The same target, each indicator that it is measured from by what the new file calls it."""
    return st.Target(
        tuple(
            evolve(each, aim=evolve(aim, name=Name(folded(keys.get(aim.name.text, aim.name.text)))))
            if isinstance(aim := each.aim, Compared)
            else each
            for each in target.aims
        )
    )


def _given(said: st.Body | None) -> tuple[Said, ...]:
    return () if said is None else (said,)


def _means(said: st.Body | None, keys: Keys) -> object:
    """What is compared of a statement: the order of a list and the spelling of names aside."""
    match said:
        case st.Parts(names, reported, own):
            bounds = frozenset((folded(each.name.text), each.bound) for each in own)
            return frozenset(folded(each.text) for each in names), reported, bounds
        case st.OwnPoints(points):
            return frozenset(points)
        case st.Earlier(_, of, years):
            return folded(keys.get(of.text, of.text)), years
        case st.WorkedOut(formula):
            terms = [
                (each.number or folded(keys.get(each.name.text, each.name.text)), each.weight)
                for each in formula.terms
            ]
            listed = tuple(terms) if formula.kind in IN_ORDER else frozenset(terms)
            cells = frozenset(  # whichever indicator has the rows
                (frozenset(zip(terms, (row.level, column), strict=True)), cell)
                for row in formula.rows
                for column, cell in zip(formula.columns, row.cells, strict=True)
            )
            return formula.kind, listed, formula.lacking, formula.asked, formula.few, cells
        case _:
            return said


def facts_of_rules(old: Possible, new: Possible, keys: Keys) -> Iterator[FactChange]:
    """What is said differently of how members are taken, and of what stands beside a verdict."""
    rules = old.goal_state.rule, new.goal_state.rule
    scales = [each.level_rule.scale.levels for each in rules]
    if scales[0] != scales[1]:
        yield FactChange("scale", scales[0], scales[1])
    policies: Mapping[Literal["missing", "not applicable"], FactCode] = {
        "missing": "missing",
        "not applicable": "not-applicable",
    }
    for of, code in policies.items():
        one, other = ([each for each in rule.policies if each.of == of] for rule in rules)
        means = {_policy(each, rules[0].names, keys) for each in one}
        if means != {_policy(each, rules[1].names, {}) for each in other}:
            said = (_all(one, rules[0].names), _all(other, rules[1].names))
            yield FactChange(code, *said)
    yield from _apart("quorum", _quorums(old, keys), _quorums(new, {}))
    yield from _apart("remark", _remarks(old, keys), _remarks(new, {}))


def _policy(policy: st.Policy, names: Naming, keys: Keys) -> object:
    instead = names.find(policy.instead) if policy.instead else None
    reserve = None if instead is None else frozenset(keys.get(key, key) for key in instead)
    return policy.level, policy.remain, bool(policy.instead), reserve


def _all(policies: Iterable[st.Policy], names: Naming) -> tuple[Said, ...]:
    """Some policies, and the groups whose members take the place of others by them."""
    groups = [each.instead for each in policies if each.instead]
    named = (st.Group(each, tuple(map(Name, names.find(each) or ()))) for each in groups)
    return (*policies, *named)


Meant = Iterable[tuple[object, st.Body]]
"""What some statements mean, and those."""


def _apart(code: FactCode, old: Meant, new: Meant) -> Iterator[FactChange]:
    """The statements of which the other file has none that means the same."""
    before, after = dict(old), dict(new)
    gone = tuple(said for means, said in before.items() if means not in after)
    added = tuple(said for means, said in after.items() if means not in before)
    if gone or added:
        yield FactChange(code, gone, added)


def _quorums(possible: Possible, keys: Keys) -> Iterator[tuple[object, st.Body]]:
    rule = possible.goal_state.rule
    for each, node in zip(rule.requires, rule.quorums, strict=True):
        yield _meaning(node, lambda _: 1, keys), each
    for place, node in rule.of_levels:
        said = cast(st.RequiresFor, node.form)
        yield (rule.level_rule.scale.levels[place], _meaning(node, lambda _: 1, keys)), said


def _remarks(possible: Possible, keys: Keys) -> Iterator[tuple[object, st.Body]]:
    rule = possible.goal_state.rule
    said = [each.body for each in possible.others if isinstance(each.body, st.Remark)]
    names = rule.names.with_shown()

    def top(member: str) -> int:
        """The best place of a member."""
        return names.levels(member).scale.top

    for each in said:
        node = lower_remark(each, rule.level_rule, names) if each.condition else None
        yield (each.text, each.word, node and _meaning(node, top, keys)), each


def _meaning(node: AtLeast, top: Callable[[str], int], keys: Keys) -> object:
    """What a node means: the same for two that differ only in the order of what they ask for."""
    members = list(dict.fromkeys(members_of(node)))
    ends = {member: known(0) for member in members}
    return _unordered(
        pseudo_boolean(node, [Variable(each, top(each)) for each in members], ends), keys
    )


def _unordered(formula: PseudoBoolean, keys: Keys) -> object:
    """A formula as a value in which order makes no difference."""
    if isinstance(formula, Leaf):
        return keys.get(formula.member, formula.member), formula.state
    need, parts = (formula.need, formula.parts) if isinstance(formula, Sum) else (formula, ())
    return need, frozenset((weight, _unordered(each, keys)) for weight, each in parts)


def facts_of_statings(old: Plan, new: Plan) -> Iterator[FactChange]:
    """The facts that are taken differently where nobody has stated them."""
    before, after = _statings(old), _statings(new)
    for name, own in before.items():
        if own.claimed != after[name].claimed:
            yield FactChange("stating", (own,), (after[name],))


def _statings(plan: Plan) -> dict[str, st.Stating]:
    """How each fact is taken; as it is where the file does not say."""
    said = [each.body for each in plan.assess.statements] if plan.assess else []
    taken = {
        name: st.Stating(Stated(cast(FactName, name)), claimed) for name, claimed in CLAIMED.items()
    }
    return taken | {each.fact.name: each for each in said if isinstance(each, st.Stating)}


Of = tuple[GoalEntry, Plan]
"""A goal and the plan that it stands in."""


def facts_of_goals(old: Of, new: Of) -> Iterator[FactChange]:
    """What levels are worth and read as, from which it counts as met, when it is judged whole."""
    points = _points(*old), _points(*new)
    if [frozenset(each.points) for each in points[0]] != [
        frozenset(each.points) for each in points[1]
    ]:
        yield FactChange("goal-points", *points)
    if old[0].called != new[0].called:
        before, after = (
            (st.Called(each.called),) if each.called else () for each in (old[0], new[0])
        )
        yield FactChange("called", before, after)
    words = _words(*old), _words(*new)
    if [frozenset(each.words) for each in words[0]] != [frozenset(each.words) for each in words[1]]:
        yield FactChange("verdict-words", *words)
    levels = _levels(*old), _levels(*new)
    met = tuple(each.scale.levels[each.met] for each in levels)
    said = any(goal.first(MetFrom) for goal, _ in (old, new))
    if said and met[0] != met[1]:
        yield FactChange("met-from", met[:1], met[1:])
    if levels[0].scale == levels[1].scale and levels[0].read_as != levels[1].read_as:
        yield FactChange("read-as", _heads(*old), _heads(*new))
    together = [tuple(goal.all(st.Together)) for goal, _ in (old, new)]
    if any(together):
        bodies = ([each.body for each in said] for said in together)
        yield from _apart("together", *([(each, each) for each in one] for one in bodies))
        listed = (plan.all(st.Units) for _, plan in (old, new))
        folds = ([(frozenset(folded(n.text) for n in e.names), e) for e in one] for one in listed)
        yield from _apart("units", *folds)
    judged = _judged(*old), _judged(*new)
    if [set(each.periods) for each in judged[0]] != [set(each.periods) for each in judged[1]]:
        yield FactChange("judged", *judged)


def _points(goal: GoalEntry, plan: Plan) -> tuple[Points, ...]:
    """What each level is worth to the members: what the goal says of it, or else the plan."""
    own = goal.first(Points)
    return (own,) if own else tuple(plan.all(Points))


def _words(goal: GoalEntry, plan: Plan) -> tuple[VerdictWords, ...]:
    """The words for verdicts: the goal's own, or else those of the plan."""
    own = goal.first(VerdictWords)
    return (own,) if own else tuple(plan.all(VerdictWords))


def _judged(goal: GoalEntry, plan: Plan) -> tuple[Overall, ...]:
    """When the goal may be judged as a whole: what it says itself, or else the plan."""
    own = goal.first(Overall)
    return (own,) if own else tuple(plan.all(Overall))


def _levels(goal: GoalEntry, plan: Plan) -> LevelScale:
    return levels_of_goal(goal, scales_of(plan))


def _heads(goal: GoalEntry, plan: Plan) -> tuple[ScaleHead, ...]:
    """What the plan says of the goal's scale."""
    own = goal.goal.scale and goal.goal.scale.text
    return tuple(each for each in plan.all(ScaleHead) if (each.name and each.name.text) == own)
