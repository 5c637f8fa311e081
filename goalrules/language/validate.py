"""Everything that is wrong with a plan before anyone is judged by it, goal by goal."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import cast

from attrs import evolve

from goalrules.core.scales import COLOURS, MOST_LEVELS, REACHED
from goalrules.language.keywords import LEVEL_WORDS, words, words_for_no_outcome
from goalrules.language.levels import LevelScale, Scales, scales_of
from goalrules.language.lower import TARGET, naming_of_facts
from goalrules.language.naming import (
    Naming,
    PlanNames,
    goal_key,
    goal_naming,
    indicator_levels,
    naming,
    plan_names,
    units_naming,
)
from goalrules.language.other_readings import (
    by_other_reading,
    can_be,
    fits,
    stands_at,
)
from goalrules.language.plan import (
    GoalEntry,
    IndicatorEntry,
    Plan,
    everything_said,
    goals_named,
    members_named,
    together_of,
)
from goalrules.language.statements import (
    According,
    Adjustment,
    Adopted,
    Called,
    Clause,
    ContributionsCalled,
    Document,
    Earlier,
    Focus,
    GoalsCalled,
    Interpretation,
    Key,
    MetFrom,
    NamedBands,
    OtherReading,
    OwnPoints,
    Remark,
    Requires,
    RequiresFor,
    RuleAs,
    ScaleHead,
    Statement,
    Together,
    Units,
    VerdictWords,
    Weight,
)
from goalrules.language.syntax import Condition, LevelWord, Name, Scope
from goalrules.language.validate_indicators import (
    ring_of,
    validate_bands,
    validate_indicator,
    validate_values,
)
from goalrules.language.validate_rules import (
    TAKEN,
    Context,
    unknown_goal,
    validate_clauses,
    validate_condition,
    validate_level,
    validate_members,
    validate_names,
)
from goalrules.language.validate_years import unsure_of_years, validate_over_years
from goalrules.language.years import notes_of_years
from goalrules.text.diagnostics import Diagnostic, WordRef, first_faults, in_source
from goalrules.text.names import folded, level_key, nearest, scripts
from goalrules.text.source import Source

OF_WHOLE_PLAN = frozenset(
    "unknown-goal unknown-document goal-without-verdict unknown-scale no-points".split()
)
OF_WHOLE_GOAL = frozenset(
    "unknown-member group-without-quantity nothing-to-count wrong-size needs-too-many allows-all"
    " included-outside included-number no-rule never-met no-parts no-better-side no-weights"
    " points-always points-never lowest-number lowest-differ leaves-none remain-number"
    " reserve-of-all cycle-of-values".split()
)
"""The faults that only a plan, or a goal, can have of which every sentence could be read."""

OF_SCALES = frozenset({"unknown-level", "unknown-scale", "other-scale", "no-points"})
"""The faults that only a plan can have of which every scale could be read."""

OF_MET = ("MET", "NOT_MET")
"""The words for whether a goal is met."""

MOST_YEARS_BEFORE = 20
"""How many years before the one that is assessed an earlier period may be."""

OF_YEARS = frozenset(
    "goal-twice member-twice clause-twice said-twice same-and-more below-otherwise lowest-when"
    " overlapping-years gap-in-years too-many-turns outside-plan-years".split()
)
"""The faults that, like those of a whole plan or goal, are sure only where all years are known."""


MOST_OTHER_READINGS = 40
"""The number of interpretations in a plan that may state another reading."""


def validate(source: Source, plan: Plan) -> tuple[Diagnostic, ...]:
    """The faults of a plan in any of its years, in the order of the file.

    Of the plan by the other readings that it states, those that it does not have by itself.
    """
    context = Context(source, naming((), {}, {}))
    found = validate_over_years(plan, context, lambda each: _year_faults(source, each))
    of_years = OF_YEARS | OF_WHOLE_PLAN | OF_WHOLE_GOAL
    faults = first_faults(source, _sure(found, of_years, broken=unsure_of_years(plan)))
    # What is wrong with words where they stand is not told again where they are taken over; and
    # there each kind of fault is told once.
    told = {(each.code, each.span.line) for each in faults if TAKEN not in each.facts}
    once = {
        (each.code, each.span) if TAKEN in each.facts else number: each
        for number, each in reversed([*enumerate(faults)])
        if (each.code, each.facts.get(TAKEN)) not in told
    }
    own = tuple(reversed(once.values()))
    if not plan.other_readings:
        return own
    of_others: list[Diagnostic] = []
    for note in plan.other_readings[:MOST_OTHER_READINGS]:
        of_others += _other_reading_faults(source, plan, note, own)
    for note in plan.other_readings[MOST_OTHER_READINGS:][:1]:
        code, most = "too-many-other-readings", MOST_OTHER_READINGS
        of_others.append(in_source(source, code, note.span, most=most))
    return first_faults(source, (*own, *of_others))


def _other_reading_faults(
    source: Source,
    plan: Plan,
    note: Interpretation,
    known: Collection[Diagnostic],
) -> Iterator[Diagnostic]:
    """What is wrong with another reading where it stands, and with the plan by it.

    A fault of the plan elsewhere is one of what is read otherwise.
    """
    other = cast(OtherReading, note.other)  # the notes are those with another reading
    misplaced = [each for each in everything_said(plan) if stands_at(note, each)]
    misplaced = [each for each in misplaced if not fits(other.body, each)]
    if not can_be(other.body):
        yield in_source(source, "other-reading-kind", other.span)
    elif misplaced:
        yield in_source(source, "other-reading-elsewhere", other.span, line=misplaced[0].span.line)
    else:
        read = evolve(by_other_reading(plan, note), other_readings=())
        for each in validate(source, read):
            if each not in known:
                inside = other.span.holds(each.span)
                yield each if inside else in_source(source, each.code, other.span, **each.facts)


def _year_faults(source: Source, plan: Plan) -> Iterator[Diagnostic]:
    """The faults of a plan as it is in a year."""
    names = plan_names(plan, scales_of(plan))
    context = Context(source, naming((), {}, names.goals))
    shares = len(_facts(plan).levels(TARGET).scale.levels) > len(REACHED.levels)
    found = chain(
        _plan_faults(plan, context),
        _scale_faults(plan, context),
        _called_faults(plan, context),
        _bands_faults(plan, context, names.scales),
        _verdict_word_faults(plan.statements, plan, tuple(names.goals.values()), context),
        validate_members(plan.statements, _of_one(context, names.scales.own)),
        _sure(_assess_faults(plan, context, names), OF_WHOLE_GOAL, broken=plan.broken),
        *(
            _sure(
                _goal_faults(goal, plan, names, source, shares=shares),
                OF_WHOLE_GOAL,
                broken=goal.broken,
            )
            for goal in plan.goals
        ),
        _shared_faults(plan, context),
        _key_faults(plan, context),
        _cycle_faults(plan, context),
    )
    sure = _sure(found, OF_WHOLE_PLAN, broken=plan.broken)
    yield from _sure(sure, OF_SCALES, broken=plan.broken_scale)


def _facts(plan: Plan) -> Naming:
    """The names in the rule by which every indicator gets its level."""
    statements = plan.assess.statements if plan.assess else ()
    return naming_of_facts(each.body for each in statements if isinstance(each.body, Clause))


def _sure(
    found: Iterable[Diagnostic], of_whole: frozenset[str], *, broken: bool
) -> Iterator[Diagnostic]:
    """The faults that are sure even where something could not be read whole."""
    return (each for each in found if not broken or each.code not in of_whole)


def validate_rule(
    source: Source, condition: Condition | None, statements: Sequence[Statement], names: Naming
) -> tuple[Diagnostic, ...]:
    """The faults of a rule given alone."""
    context = Context(source, names)
    of_condition = validate_condition(condition, context) if condition else ()
    of_clauses = validate_clauses(statements, context, names.others)
    of_members = validate_members(statements, context)
    of_others = _alone_faults(statements, context)
    return first_faults(source, chain(of_condition, of_clauses, of_members, of_others))


def _alone_faults(statements: Iterable[Statement], context: Context) -> Iterator[Diagnostic]:
    """The statements that have no meaning in a rule without a plan and a period around it."""
    for statement in statements:
        body = statement.body
        if not body.placement.alone:
            span = statement.span
            end = span.end_column - 1 if span.line == span.end_line else None
            first_line = context.source.line(span.line)[span.column - 1 : end]
            yield context.at(span, "sentence-in-rule", text=first_line)
        elif isinstance(body, Clause | Adjustment) and body.period:
            yield context.at(statement.span, "period-in-rule")
        for note in notes_of_years(statement):
            yield context.at(note.span, "period-in-rule")
        for said in statement.notes:
            if isinstance(said, Interpretation) and said.other:
                yield context.at(said.other.span, "other-reading-in-rule")


def _plan_faults(plan: Plan, context: Context) -> Iterator[Diagnostic]:
    documents = [each.name for each in plan.all(Document)]
    yield from _repeated(documents, "document-twice", context)
    yield from _repeated([goal.goal.id for goal in plan.goals], "goal-twice", context)
    for goal in plan.goals:
        if "," in goal.id:
            yield context.at(goal.goal.id.span, "list-without-space", text=goal.id)
    known = {folded(each.text) for each in documents}
    for units in plan.all(Units):
        yield from _repeated(units.names, "unit-twice", context)
    yield from _note_faults(plan, known, context)
    for focus in plan.all(Focus):
        yield from validate_names(Scope(focus.goals, goals=True), context)


def _note_faults(plan: Plan, documents: Container[str], context: Context) -> Iterator[Diagnostic]:
    """The documents that are not among some, and the days of decisions that are none."""
    days = [(each.decision.day, each.span) for each in plan.all(Adopted)]
    said = everything_said(plan)
    for note in {id(note): note for statement in said for note in statement.notes}.values():
        decision = note.decision if isinstance(note, According) else None
        if decision is None and isinstance(note, Interpretation):
            decision = note.decided
        if decision:
            days.append((decision.day, note.span))
        elif isinstance(note, According) and folded(note.document.text) not in documents:
            known = [each.name.text for each in plan.all(Document)]
            text, close = note.document.text, nearest(note.document.text, known)
            yield context.at(note.document.span, "unknown-document", text=text, nearest=close)
    for day, span in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            yield context.at(span, "no-such-day", text=day)


def _called_faults(plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """What goals are called that is no word."""
    for statement in everything_said(plan):
        match statement.body:
            case Called(word) | GoalsCalled(word) | ContributionsCalled(word) if not word.strip():
                yield context.at(statement.span, "blank-name-of-goals")
            case _:
                continue


def _repeated(names: Iterable[Name], code: str, context: Context) -> Iterator[Diagnostic]:
    """The names that were given before, and those written in letters of two scripts."""
    first: dict[str, Name] = {}
    for name in names:
        earlier = first.setdefault(folded(name.text), name)
        if earlier is not name:
            yield context.at(name.span, code, text=name.text, line=earlier.span.line)
        if len(scripts(name.text)) > 1:
            mixed = tuple(sorted(scripts(name.text)))
            yield context.at(name.span, "mixed-scripts", text=name.text, scripts=mixed)


def _assess_faults(plan: Plan, context: Context, names: PlanNames) -> Iterator[Diagnostic]:
    if plan.assess:
        of_facts = evolve(context, names=_facts(plan), of_indicator=True)
        yield from validate_clauses(plan.assess.statements, of_facts, names.scales.own)
        if not plan.assess.all(Clause):
            yield context.at(plan.assess.head.span, "no-rule")


def _two_ways(plan: Plan) -> dict[str, bool]:
    """The folds of the levels that go by a word for met, or not met; whether it is that for met."""
    known = words(plan.language, plan.version)
    named = (level.text for head in plan.all(ScaleHead) for level in head.levels)
    found = ((folded(text), known.meaning(text)) for text in named)
    return {fold: word.type == "MET" for fold, word in found if word and word.type in OF_MET}


def _goal_faults(
    goal: GoalEntry, plan: Plan, names: PlanNames, source: Source, *, shares: bool
) -> Iterator[Diagnostic]:
    told: frozenset[str] = frozenset()
    if goal.reported:
        said = members_named((*plan.statements, *goal.statements))
        told = frozenset(folded(name.text) for name in said)
    own_levels = tuple(each.text for head in plan.all(ScaleHead) for each in head.levels)
    context = Context(
        source, goal_naming(goal, names), told=told, two_ways=_two_ways(plan), levels=own_levels
    )
    context = context.taking(goal.statements)
    levels = names.goals[goal_key(goal.id)]
    called = [*(each.label for each in goal.indicators), *(each.name for each in goal.groups)]
    yield from _repeated(called, "member-twice", context)
    yield from _group_faults(goal, context)
    for group in goal.reported:
        yield from _inside_faults(group.name, called, context)
        own = context.names.levels(group.name)
        yield from validate_members(group.all(OwnPoints), _of_one(context, own))
        for statement in group.all(Weight):
            if isinstance(statement.body, Weight) and statement.body.number <= 0:
                yield context.at(statement.span, "zero-weight")
    for indicator in goal.indicators:
        own = indicator_levels(indicator, goal, names)
        taking = context.taking(indicator.statements)
        yield from validate_indicator(indicator, own, taking, shares=shares)
        for statement in indicator.all(OwnPoints):
            yield from validate_members((statement,), _of_one(context, own))
    yield from validate_values(goal, plan, context)
    met = goal.first(MetFrom)
    if met:
        yield from validate_level(met.level, levels, context)
    yield from _verdict_word_faults(goal.statements, plan, (levels,), context)
    yield from _verdict_faults(goal, context)
    yield from validate_members(goal.statements, context)
    yield from validate_clauses(goal.statements, context, levels)
    if goal.first(Together):
        yield from _over_units_faults(goal, plan, names, context)


def _inside_faults(group: str, called: Iterable[Name], context: Context) -> Iterator[Diagnostic]:
    """The names that a member which is reported for a group could have too."""
    start = folded(f"{group}/")
    for name in called:
        if folded(name.text).startswith(start):
            member = name.text[len(start) :]
            yield context.at(
                name.span, "named-as-reported", text=name.text, group=group, member=member
            )


def _of_one(context: Context, levels: LevelScale) -> Context:
    """The same place where there is one member, on some scale."""
    return evolve(context, names=evolve(naming((), {}, {}), others=levels))


def _key_faults(plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """The keys that another indicator has as its key, its name or its title."""
    entries = [each for goal in plan.goals for each in goal.indicators if not each.shared]
    called: dict[str, list[tuple[IndicatorEntry, int]]] = defaultdict(list)
    for entry in entries:
        for text in (entry.name, entry.indicator.title):
            called[folded(text)].append((entry, entry.head.span.line))
    for entry in entries:
        for statement in entry.all(Key):
            text = cast(Key, statement.body).text
            same = called[folded(text)]
            line = next((line for other, line in same if other is not entry), 0)
            if line:
                yield context.at(statement.span, "key-of-two", text=text, line=line)
            same.append((entry, statement.span.line))


def _shared_faults(plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """The indicators that are taken from a goal which does not have them."""
    own = {
        goal.id: {folded(each.name): each.name for each in goal.indicators if not each.shared}
        for goal in plan.goals
    }
    for goal in plan.goals:
        for entry in goal.indicators:
            if entry.shared and entry.shared.text not in own:
                yield unknown_goal(entry.shared, context)
            elif entry.shared and folded(entry.name) not in own[entry.shared.text]:
                close = nearest(entry.name, own[entry.shared.text].values())
                yield context.at(entry.label.span, "unknown-member", text=entry.name, nearest=close)
            elif entry.earlier:
                yield from _earlier_faults(entry, entry.earlier, goal, context)


def _earlier_faults(
    entry: IndicatorEntry, earlier: Earlier, goal: GoalEntry, context: Context
) -> Iterator[Diagnostic]:
    """An indicator of an earlier period that is no other one, or of no whole number of years."""
    names = [each.name for each in goal.indicators if not each.earlier]
    of, years = earlier.of, earlier.years
    if folded(of.text) in {folded(each.name) for each in goal.indicators if each.earlier}:
        yield context.at(of.span, "earlier-of-earlier", text=of.text)
    elif goal.original(entry) is None:
        yield context.at(of.span, "unknown-member", text=of.text, nearest=nearest(of.text, names))
    if years != int(years) or not 0 < years <= MOST_YEARS_BEFORE:
        yield context.at(of.span, "years-before", number=str(years), most=MOST_YEARS_BEFORE)


def _group_faults(goal: GoalEntry, context: Context) -> Iterator[Diagnostic]:
    own = context.names.own
    known = set(map(folded, own))
    for group in goal.groups:
        for name in group.members:
            if folded(name.text) in context.names.shown:
                yield context.at(name.span, "member-shown-only", text=name.text)
            elif folded(name.text) not in known:
                close = nearest(name.text, own)
                yield context.at(name.span, "unknown-member", text=name.text, nearest=close)


def _over_units_faults(
    goal: GoalEntry, plan: Plan, names: PlanNames, context: Context
) -> Iterator[Diagnostic]:
    """The faults of what is said of a goal in all units together."""
    said = together_of(goal)
    listed = plan.all(Units)
    units = [name.text for each in listed for name in each.names] if listed else None
    own = Context(context.source, units_naming(goal, names, units), of_units=True)
    yield from validate_members(said, own)
    yield from validate_clauses(said, own, names.goals[goal_key(goal.id)])
    if not any(isinstance(each.body, Clause) for each in said):
        yield context.at(said[0].span, "units-without-rule", text=goal.id)


def _verdict_faults(goal: GoalEntry, context: Context) -> Iterator[Diagnostic]:
    has_rule = bool(goal.all(Clause))
    without = Clause | Adjustment | Remark | Requires | RequiresFor | RuleAs | Together
    if goal.followed_up_only and goal.all(without):
        yield context.at(goal.head.span, "rule-without-verdict", text=goal.id)
    if not goal.followed_up_only and not has_rule and not goal.all(RuleAs):
        yield context.at(goal.head.span, "no-rule", text=goal.id)


def _cycle_faults(plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """The goals whose verdict would rest on itself, or on a goal that has no verdict."""
    below = {goal.id: list(goals_named(goal.statements)) for goal in plan.goals}
    without = {goal.id for goal in plan.goals if goal.followed_up_only}
    cycle = ring_of({goal: [name.text for name in names] for goal, names in below.items()})
    for names in below.values():
        for name in names:
            if name.text in without:
                yield context.at(name.span, "goal-without-verdict", text=name.text)
    for name in below[cycle[0]] if cycle else []:
        if name.text == cycle[1]:
            yield context.at(name.span, "cycle", goals=cycle)


# Scales


def _scale_faults(plan: Plan, context: Context) -> Iterator[Diagnostic]:
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
            if not 2 <= len(head.levels) <= MOST_LEVELS:  # noqa: PLR2004 - one level parts nothing
                size = len(head.levels)
                yield context.at(statement.span, "scale-size", size=size, most=MOST_LEVELS)
            yield from _repeated_levels(head.levels, context)
            yield from _word_faults(head, plan, context)
            yield from _reading_faults(head, plan, context)
    for goal in plan.goals:
        names = [
            goal.goal.scale,
            *(entry.indicator.scale for entry in goal.indicators),
            *(entry.group.scale for entry in goal.reported),
        ]
        for name in dict.fromkeys(names):
            if name and folded(name.text) not in scales.named:
                close = nearest(name.text, scales.named)
                yield context.at(name.span, "unknown-scale", text=name.text, nearest=close)


def _bands_faults(plan: Plan, context: Context, scales: Scales) -> Iterator[Diagnostic]:
    """The faults of bands that are named, on the first scale that has their levels."""
    for statement in plan.statements:
        if isinstance(statement.body, NamedBands):
            bands = statement.body.bands
            every = [scales.own, *scales.named.values(), LevelScale()]
            fitting = (
                each
                for each in every
                if all(each.place(band.level.text) is not None for band in bands)
            )
            yield from validate_bands(statement, bands, next(fitting, scales.own), context)


def _word_faults(head: ScaleHead, plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """The levels without quotes that are words of the language, which they would take from it.

    Nor can they be words by which outcome files say that there is no outcome.
    """
    for level in head.levels:
        start = context.source.line(level.span.line)[level.span.column - 1 :]
        known = words(plan.language, plan.version)
        meaning = known.meaning(level.text) if start[:1].isalnum() else None
        if folded(level.text) in words_for_no_outcome():
            yield context.at(level.span, "level-is-no-outcome", text=level.text)
        elif meaning and meaning.type not in LEVEL_WORDS:
            yield context.at(level.span, "level-is-word", text=level.text)


def _verdict_word_faults(
    statements: Iterable[Statement], plan: Plan, every: Sequence[LevelScale], context: Context
) -> Iterator[Diagnostic]:
    """The words for verdicts that say what a level on any of the scales of goals does not."""
    known = words(plan.language, plan.version)
    for statement in statements:
        if not isinstance(statement.body, VerdictWords):
            continue
        said = statement.body.words
        yield from _repeated_levels((each.level for each in said), context)
        for each in said:
            name, meaning = each.level.text, known.meaning(each.text)
            told = {"MET": True, "NOT_MET": False}.get(meaning.type) if meaning else None
            level = WordRef("level", name)
            on = [scale for scale in every if name in scale.scale.levels]
            met = {scale.scale.place(name) >= scale.met for scale in on}
            if not each.text.strip():
                yield context.at(each.span, "blank-verdict-word", level=level)
            elif every and not on:
                yield from validate_level(each.level, every[0], context)
            elif {told, *met} >= {True, False} or any(
                level_key(other) != level_key(name)
                and level_key(other) in (level_key(each.text), meaning and meaning.value)
                for scale in on
                for other in scale.scale.levels
            ):
                yield context.at(each.span, "verdict-word-misleads", text=each.text, level=level)
        for scale in every:
            yield from _word_of_both(said, scale, context)


def _word_of_both(
    said: Iterable[LevelWord], scale: LevelScale, context: Context
) -> Iterator[Diagnostic]:
    """The words for a level that counts as met and for one that does not."""
    seen: dict[str, LevelWord] = {}
    for each in said:
        if each.level.text in scale.scale.levels:
            first = seen.setdefault(folded(each.text), each)
            met = {scale.scale.place(one.level.text) >= scale.met for one in (first, each)}
            if len(met) > 1:
                level, other = (WordRef("level", one.level.text) for one in (first, each))
                yield context.at(
                    each.span, "verdict-word-of-both", text=each.text, level=level, other=other
                )


def _repeated_levels(levels: Iterable[Name], context: Context) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for level in levels:
        if level_key(level.text) in seen:
            yield context.at(level.span, "level-twice", level=WordRef("level", level.text))
        seen.add(level_key(level.text))


def _reading_faults(head: ScaleHead, plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """A reading names levels of its scale, each once, and rising levels of another."""
    own = [level.text for level in head.levels]
    for each in head.reads:
        if each.level.text not in own:
            of_scale = tuple(WordRef("level", level) for level in own)
            word = WordRef("level", each.level.text)
            yield context.at(each.span, "unknown-level", text=word, levels=of_scale)
    yield from _repeated_levels((each.level for each in head.reads), context)
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
