"""The engines that are timed: each makes of a workload what decides a row, or columns of rows.

Each says the rules in its own language, read once. What is not installed raises `ImportError`
when it is made. Engines are imported by name, so that those who read or check this module need
none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from itertools import pairwise, product
from typing import Any

from workloads import LEVELS, Answer, Decide, Goal, Row, Workload, plan_text, worst_of

import goalrules

MET, NOT_MET = "met", "not met"
SINGLE = "1"
"""The id of the only goal of a workload that is one rule."""

Columns = Mapping[str, bytes]
"""The levels of each indicator, a byte a row: its place among `LEVELS`."""
DecideAll = Callable[[], Sequence[bytes]]
"""The levels of the rule, or of each goal above, in such bytes."""


def answer_of(workload: Workload, levels: Mapping[str, str]) -> Answer:
    """The answer to a workload of the levels of its goals."""
    if not workload.above:
        return levels[SINGLE]
    return tuple(worst_of(levels, below) for below in workload.above.values())


# goalrules itself, by what it has


def _ways(workload: Workload, number: int) -> Mapping[str, Decide]:
    """What it has to decide a row of a workload, each with a rule set that has met no case yet.

    The number makes the rule file another than those before, so that none is remembered.
    """
    if workload.above:
        rules = goalrules.loads(plan_text(workload, f"Plan {number}"))
        return _ways_of_plan(rules, tuple(workload.above))
    [goal] = workload.goals
    rule = goalrules.rule("\n".join([*goal.words, f"# {number}"]), goal.members)
    ways: dict[str, Decide] = {
        "full result": lambda row: str(rule.evaluate(row).level),
        "steps, reasons and why": lambda row: all_of(rule.evaluate(row)),
    }
    verdict: Decide | None = getattr(rule, "verdict", None)
    return ways | ({"verdict": verdict} if verdict else {})


def _ways_of_plan(rules: goalrules.RuleSet, above: tuple[str, ...]) -> Mapping[str, Decide]:
    def levels(row: Row) -> Answer:
        found = rules.assess(row, "2025")
        return tuple(str(found[goal].level) for goal in above)

    def looked_at(row: Row) -> Answer:
        found = rules.assess(row, "2025")
        every = {goal: all_of(found[goal]) for goal in found}
        return tuple(every[goal] for goal in above)

    ways: dict[str, Decide] = {"full result": levels, "steps, reasons and why": looked_at}
    if compile_ := getattr(rules, "compile", None):
        program: Any = compile_("2025")

        def compiled(row: Row) -> Answer:
            found = program.assess(row)
            return tuple(str(found[goal].level) for goal in above)

        ways["full result, compiled"] = compiled
    return ways


def all_of(result: goalrules.GoalResult) -> str:
    """The level, when all that was found on the way has been asked for."""
    trace = result.trace
    for part in (trace.trace, trace.members, trace.reasons, trace.deciding, trace.forks, trace.why):
        len(part) if isinstance(part, tuple) else part
    return str(result.level)


WAYS = ("verdict", "full result", "full result, compiled", "steps, reasons and why")


def goalrules_by(way: str, workload: Workload, number: int) -> Decide | None:
    """One of the ways to decide a row, or None where it has none such."""
    return _ways(workload, number).get(way)


# What anyone can do without an engine


def by_hand(workload: Workload) -> Decide:
    """The function that is written by hand."""
    return workload.by_hand


def remembered(workload: Workload) -> Decide:
    """The function by hand behind a table of the rows that it has met: what any user can do."""
    known: dict[tuple[str, ...], Answer] = {}
    decide = workload.by_hand

    def again(row: Row) -> Answer:
        key = tuple(row.values())
        found = known.get(key)
        if found is None:
            found = known[key] = decide(row)
        return found

    return again


# Engines with a language of their own


def _zen_expression(goal: Goal) -> str:
    members = f"[{', '.join(goal.members)}]"
    green = [f"count({members}, # == 'green') >= {goal.least}"]
    green += [f"{name} == 'green'" for name in goal.included]
    green += [f"none({members}, # == 'red')"] if goal.floor else []
    yellow = f"count({members}, # == 'red') <= 1"
    return f"{' and '.join(green)} ? 'green' : ({yellow} ? 'yellow' : 'red')"


def _zen_above(below: tuple[str, ...]) -> str:
    names = [f"g{goal}" for goal in below]
    red, green = (
        word.join(f"{name} == '{level}'" for name in names)
        for word, level in ((" or ", "red"), (" and ", "green"))
    )
    return f"{red} ? 'red' : ({green} ? 'green' : 'yellow')" if names[1:] else names[0]


def _zen_graph(workload: Workload) -> dict[str, object]:
    """The goals in one node of expressions, and those above in the next."""
    stages = [
        {f"g{goal.id}": _zen_expression(goal) for goal in workload.goals},
        {f"g{above}": _zen_above(below) for above, below in workload.above.items()},
    ]
    nodes: list[dict[str, object]] = [{"id": "in", "name": "in", "type": "inputNode"}]
    for number, stage in enumerate(stages):
        entries = [{"id": key, "key": key, "value": said} for key, said in stage.items()]
        name, content = f"stage {number}", {"expressions": entries}
        if entries:
            nodes.append({"id": name, "name": name, "type": "expressionNode", "content": content})
    nodes.append({"id": "out", "name": "out", "type": "outputNode"})
    ends = [str(node["id"]) for node in nodes]
    edges = [
        {"id": f"{one} {other}", "type": "edge", "sourceId": one, "targetId": other}
        for one, other in pairwise(ends)
    ]
    return {"nodes": nodes, "edges": edges}


def zen_result(workload: Workload, *, trace: bool = False) -> Callable[[Row], Any]:
    """What zen-engine gives back of a row, as a graph of nodes; with its trace, if wanted."""
    engine = import_module("zen").ZenEngine(
        {"loader": {"type": "static", "content": {"it": _zen_graph(workload)}}}
    )
    options = ({"trace": True},) if trace else ()
    return lambda row: engine.evaluate("it", row, *options)


def zen(workload: Workload, *, trace: bool = False) -> Decide:
    """zen-engine, as a graph of nodes."""
    evaluate = zen_result(workload, trace=trace)
    keys = tuple(f"g{goal}" for goal in workload.above or (SINGLE,))

    def decide(row: Row) -> Answer:
        result = evaluate(row)["result"]
        levels = tuple(str(result[key]) for key in keys)
        return levels if workload.above else levels[0]

    return decide


def zen_traced(workload: Workload) -> Decide:
    """zen-engine with its trace."""
    return zen(workload, trace=True)


def _json_logic(goal: Goal) -> dict[str, object]:
    def at(name: str, level: str) -> dict[str, object]:
        return {"==": [{"var": name}, level]}

    def count(level: str) -> dict[str, object]:
        return {"+": [{"if": [at(name, level), 1, 0]} for name in goal.members]}

    green: list[object] = [{">=": [count("green"), goal.least]}]
    green += [at(name, "green") for name in goal.included]
    green += [{"!": [at(name, "red")]} for name in goal.members] if goal.floor else []
    return {"if": [{"and": green}, "green", {"<=": [count("red"), 1]}, "yellow", "red"]}


def datalogic(workload: Workload) -> Decide:
    """datalogic-py, JSON Logic in Rust; the goals above in Python, for want of a second stage."""
    compiled = import_module("datalogic_py").Engine().compile
    if not workload.above:
        evaluate: Decide = compiled(_json_logic(workload.goals[0])).evaluate
        return evaluate
    every = compiled([_json_logic(goal) for goal in workload.goals]).evaluate
    ids = tuple(goal.id for goal in workload.goals)
    return lambda row: answer_of(workload, dict(zip(ids, every(row), strict=True)))


# Engines of tables, of one row and of columns


def _polars_level(goal: Goal, values: Sequence[object]) -> Any:  # noqa: ANN401 - one of theirs
    polars = import_module("polars")
    red, _, green = values
    columns = [polars.col(name) for name in goal.members]

    def count(level: object) -> Any:  # noqa: ANN401 - as above
        return polars.sum_horizontal([column == polars.lit(level) for column in columns])

    holds = count(green) >= goal.least
    for name in goal.included:
        holds &= polars.col(name) == polars.lit(green)
    if goal.floor:
        holds &= count(red) == 0
    levels = [
        polars.lit(each, dtype=polars.UInt8 if isinstance(each, int) else polars.String)
        for each in values
    ]
    yellow = polars.when(count(red) <= 1).then(levels[1]).otherwise(levels[0])
    return polars.when(holds).then(levels[2]).otherwise(yellow).alias(goal.id)


def polars_row(workload: Workload) -> Decide:
    """Polars, on a frame of one row; the goals above in Python."""
    frame = import_module("polars").DataFrame
    levels = [_polars_level(goal, LEVELS) for goal in workload.goals]
    return lambda row: answer_of(workload, frame([row]).select(levels).row(0, named=True))


def polars_columns(workload: Workload, columns: Columns) -> DecideAll:
    """Polars, on a frame of bytes."""
    polars = import_module("polars")
    numpy = import_module("numpy")
    frame = polars.DataFrame(
        {name: numpy.frombuffer(codes, numpy.uint8) for name, codes in columns.items()}
    )
    goals = [_polars_level(goal, range(len(LEVELS))) for goal in workload.goals]
    above = [
        polars.min_horizontal([polars.col(goal) for goal in below]).alias(name)
        for name, below in (workload.above or {SINGLE: (SINGLE,)}).items()
    ]

    def decide() -> Sequence[bytes]:
        found = frame.lazy().select(goals).select(above).collect()
        return [found[name].to_numpy().tobytes() for name in found.columns]

    return decide


def _sql_level(goal: Goal, values: Sequence[str], sign: str = "") -> str:
    red, yellow, green = values

    def count(level: str) -> str:
        return " + ".join(f"({sign}{name} = {level})::UTINYINT" for name in goal.members)

    holds = [f"{count(green)} >= {goal.least}"]
    holds += [f"{sign}{name} = {green}" for name in goal.included]
    holds += [f"{count(red)} = 0"] if goal.floor else []
    return (
        f"CASE WHEN {' AND '.join(holds)} THEN {green}"
        f" WHEN {count(red)} <= 1 THEN {yellow} ELSE {red} END"
    )


def duckdb_row(workload: Workload) -> Decide:
    """DuckDB, by a query with a parameter for each indicator; the goals above in Python."""
    connection = import_module("duckdb").connect()
    quoted = [f"'{level}'" for level in LEVELS]
    query = "SELECT " + ", ".join(_sql_level(goal, quoted, "$") for goal in workload.goals)
    ids = tuple(goal.id for goal in workload.goals)

    def decide(row: Row) -> Answer:
        levels = connection.execute(query, row).fetchone()
        return answer_of(workload, dict(zip(ids, levels, strict=True)))

    return decide


def duckdb_columns(workload: Workload, columns: Columns) -> DecideAll:
    """DuckDB, on a table of bytes that it holds already."""
    connection = import_module("duckdb").connect()
    numpy = import_module("numpy")
    given = {name: numpy.frombuffer(codes, numpy.uint8) for name, codes in columns.items()}
    connection.register("given", given)
    connection.execute("CREATE TABLE outcomes AS SELECT * FROM given")
    codes = [f"{code}::UTINYINT" for code in range(len(LEVELS))]
    goals = ", ".join(f"{_sql_level(goal, codes)} AS g{goal.id}" for goal in workload.goals)
    above = [
        f"least({', '.join(f'g{goal}' for goal in below)}) AS a{name}"
        for name, below in (workload.above or {SINGLE: (SINGLE,)}).items()
    ]
    query = f"SELECT {', '.join(above)} FROM (SELECT {goals} FROM outcomes)"  # noqa: S608 - ours

    def decide() -> Sequence[bytes]:
        found = connection.execute(query).fetchnumpy()
        return [each.astype("u1", copy=False).tobytes() for each in found.values()]

    return decide


def numpy_columns(workload: Workload, columns: Columns) -> DecideAll:
    """A table of every case of each goal in numpy, looked up: the least that there is to do."""
    numpy = import_module("numpy")
    given = {name: numpy.frombuffer(codes, numpy.uint8) for name, codes in columns.items()}
    tables = {goal.id: numpy.frombuffer(_table(goal), numpy.uint8) for goal in workload.goals}

    def decide() -> Sequence[bytes]:
        found = {}
        for goal in workload.goals:
            place = given[goal.members[0]].astype(numpy.uint8)
            for name in goal.members[1:]:
                place *= len(LEVELS)
                place += given[name]
            found[goal.id] = tables[goal.id][place]
        if not workload.above:
            return [found[SINGLE].tobytes()]
        return [
            numpy.minimum.reduce([found[goal] for goal in below]).tobytes()
            for below in workload.above.values()
        ]

    return decide


def _table(goal: Goal) -> bytes:
    """The level of a goal in every case of its members."""
    cases = product(LEVELS, repeat=len(goal.members))
    return bytes(
        LEVELS.index(goal.level(dict(zip(goal.members, case, strict=True)))) for case in cases
    )


def by_hand_columns(workload: Workload, columns: Columns) -> DecideAll:
    """The function by hand, on each row of columns in turn."""
    return _row_by_row(workload, columns, workload.by_hand)


def goalrules_columns(workload: Workload, columns: Any) -> DecideAll:  # noqa: ANN401 - as given
    """goalrules, by columns of a rule or a plan, of which it gives verdicts."""
    if not workload.above:
        [goal] = workload.goals
        rule = goalrules.rule("\n".join(goal.words), goal.members)
        return lambda: [rule.verdicts(columns).codes]
    program = goalrules.loads(plan_text(workload)).compile("2025")

    def decide() -> Sequence[bytes]:
        found = program.assess_columns(columns)
        return [each.codes for goal in workload.above if (each := found[goal])]

    return decide


def goalrules_arrays(workload: Workload, columns: Columns) -> DecideAll:
    """goalrules, by arrays of numpy."""
    numpy = import_module("numpy")
    arrays = {name: numpy.frombuffer(codes, numpy.uint8) for name, codes in columns.items()}
    return goalrules_columns(workload, arrays)


def goalrules_frame(workload: Workload, columns: Columns) -> DecideAll:
    """goalrules, by a frame of Polars with words, read through Arrow."""
    polars = import_module("polars")
    words = polars.Enum(LEVELS)
    frame = polars.DataFrame(
        {
            name: polars.Series([LEVELS[code] for code in codes], dtype=words)
            for name, codes in columns.items()
        }
    )
    return goalrules_columns(workload, frame)


def goalrules_words(workload: Workload, columns: Columns) -> DecideAll:
    """goalrules, by lists of words."""
    words = {name: [LEVELS[code] for code in codes] for name, codes in columns.items()}
    return goalrules_columns(workload, words)


def _row_by_row(workload: Workload, columns: Columns, decide: Decide) -> DecideAll:
    names = workload.members

    def every() -> Sequence[bytes]:
        found = []
        for codes in zip(*(columns[name] for name in names), strict=True):
            levels = decide({name: LEVELS[code] for name, code in zip(names, codes, strict=True)})
            found.append([LEVELS.index(each) for each in _each(levels)])
        return [bytes(each) for each in zip(*found, strict=True)]

    return every


def _each(answer: Answer) -> tuple[str, ...]:
    return (answer,) if isinstance(answer, str) else answer


def is_right(answer: object, wanted: Answer) -> bool:
    """Whether an answer is what is wanted: the levels, or a verdict that follows from them."""
    if answer in (MET, NOT_MET):
        return (answer == MET) == (wanted == LEVELS[-1])
    return answer == wanted


ROWS: Mapping[str, Callable[[Workload], Decide]] = {
    "a table of known rows": remembered,
    "zen-engine": zen,
    "zen-engine, with trace": zen_traced,
    "datalogic-py": datalogic,
    "polars, a frame of one row": polars_row,
    "DuckDB, a query of one row": duckdb_row,
}
"""What decides one row, beside goalrules and the function by hand."""

COLUMNS: Mapping[str, Callable[[Workload, Columns], DecideAll]] = {
    "numpy, look-up in a table": numpy_columns,
    "polars": polars_columns,
    "DuckDB": duckdb_columns,
    "goalrules, arrays of numpy": goalrules_arrays,
    "goalrules, bytes": goalrules_columns,
    "goalrules, lists of words": goalrules_words,
    "goalrules, a frame of polars": goalrules_frame,
    "by hand": by_hand_columns,
}
"""What decides columns of rows; the first one is what the others are compared with."""

ROW_BY_ROW = ("by hand",)
"""Those that go row by row, and are given fewer of them."""
