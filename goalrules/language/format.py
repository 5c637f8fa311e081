"""The language as text, in either human language: each form and each statement a case a line.

What is printed always says `minst` / `at least`: "3 of 5" alone reads as exactly three. Names,
titles and comments are kept as they are; `parse(format(file)) == file`.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import assert_never

from goalrules.core.trace import Decision
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.keywords import Agreement, Words, words
from goalrules.language.tokens import is_too_long, read_tokens
from goalrules.lazily import frozen
from goalrules.text.languages import Language
from goalrules.text.numbers import MINUS, decimal_mark
from goalrules.text.source import Source

INDENT = "  "


@frozen
class Format:
    """The forms of the language as text, in the words of one human language.

    A level is written `plain` in explanations; in a file it stands in quotes where it would be
    read as something else.
    """

    words: Words
    plain: bool = True

    # Statements

    def statement(self, body: st.Body) -> str:
        """A statement, without its notes and comments."""
        write, text, number, signed = self.words.write, self.text, self.number, self.signed
        if isinstance(body, st.Clause | st.Adjustment):
            return _line(self.word(body.period) if body.period else "", self.clause(body))
        match body:
            case st.PlanHead(title, owner):
                return f"{write('PLAN')} {text(title)}" + (f", {text(owner)}" if owner else "")
            case st.Validity(first, last, month, last_month):
                return f"{write('VALID')} {self._years(first, last, month, last_month)}"
            case st.Adopted(decision):
                return self._decision("ADOPTED", decision)
            case st.Document(name, title):
                return f"{write('DOCUMENT')} {self.name(name.text)} {text(title)}"
            case st.ScaleHead(levels, name, reads):
                head = f" {self.name(name.text)}:" if name else ""
                pairs = ", ".join(
                    f"{self.place(each.level)} {write('AS')} {self.place(each.read_as)}"
                    for each in reads
                )
                order = " < ".join(map(self.place, levels))
                return _line(write("SCALE") + head, order, pairs and f"{write('READS')} {pairs}")
            case st.AssessIndicators():
                return write("ASSESS")
            case st.Stating(fact, claimed):
                return f"{self.word(fact.name)} {write('CLAIMED' if claimed else 'ASKED')}"
            case st.Area(title):
                return f"{write('AREA')} {text(title)}"
            case st.Focus(title, goals):
                through = f"{write('THROUGH')} {self.goals(goals)}" if goals else ""
                return _line(write("FOCUS"), text(title), through)
            case st.GoalHead(kind, name, title, scale, short):
                called = _line(self.name(name.text, id_=True), text(title))
                shorter = f"{write('SHORT')} {text(short)}" if short else ""
                return _line(self.word(kind), called, shorter, self._on_scale(scale))
            case st.Called(word):
                return f"{write('CALLED')} {text(word)}"
            case st.GoalsCalled(word):
                return f"{write('GOALS_CALLED')} {text(word)}"
            case st.ContributionsCalled(word):
                return f"{write('CONTRIBUTIONS_CALLED')} {text(word)}"
            case st.FollowedUp():
                return write("FOLLOWED_UP")
            case st.MetFrom(level):
                return f"{write('MET_FROM')} {self.place(level)}"
            case st.Group(name, members, reported, scale):
                inside = write("AS_REPORTED") if reported else self.names(members)
                return _line(write("GROUP"), self.name(name.text), inside, self._on_scale(scale))
            case st.Policy(of, level, instead, remain):
                if level:
                    taken = f"{write('COUNTS_AS')} {self.place(level)}"
                elif instead:
                    taken = f"{write('REPLACED_BY')} {self.name(instead.text)}"
                else:
                    taken = self._left_out(remain)
                return f"{self.word(of)}: {taken}"
            case st.Requires(condition):
                return self.requires(condition)
            case st.RequiresFor(count, level):
                said = f"{write('REQUIRES')} {self.condition(count)}"
                return f"{said} {write('FOR_LEVEL')} {self.place(level)}"
            case st.Points(points):
                return f"{write('POINTS')} {', '.join(map(self._point, points))}"
            case st.VerdictWords(said):
                each_word = (f"{self.place(each.level)} {text(each.text)}" for each in said)
                return f"{write('VERDICT_WORDS')}: {', '.join(each_word)}"
            case st.OwnPoints(points):
                return f"{write('OWN_POINTS')} {', '.join(map(self._point, points))}"
            case st.Indicator(names, title, scale, titles):
                each_title = titles or (*("" for _ in names[1:]), title)
                titled = [
                    _line(self.name(name.text), text(own) if own else "")
                    for name, own in zip(names, each_title, strict=True)
                ]
                return _line(write("INDICATOR"), ", ".join(titled), self._on_scale(scale))
            case st.Shared(name, goal):
                whose = f"{write('AS_IN')} {write('GOAL')} {self.name(goal.text, id_=True)}"
                return f"{write('INDICATOR')} {self.name(name.text)} {whose}"
            case st.Earlier(name, of, years):
                words_ = {Decimal(1): write("YEAR_BEFORE"), Decimal(2): write("TWO_YEARS_BEFORE")}
                when = words_.get(years, f"{number(years)} {write('YEARS_BEFORE')}")
                whose = f"{write('AS')} {self.name(of.text)} {when}"
                return f"{write('INDICATOR')} {self.name(name.text)} {whose}"
            case st.ValueBands((), name) if name:
                return f"{write('LEVELS')} {write('BY_BANDS')} {self.name(name.text)}"
            case st.NamedBands(name, bands):
                return f"{write('BANDS')} {self.name(name.text)}: {self._bands(bands)}"
            case st.ValueBands(bands):
                return f"{write('LEVELS')}: {self._bands(bands)}"
            case st.WorkedOut(formula):
                return f"= {self._formula(formula)}"
            case st.Rounded(decimals):
                unit = write("DECIMALS", "common" if decimals == 1 else "plural")
                return f"{write('ROUNDED')} {number(decimals)} {unit}"
            case st.Parts(names, reported, own):
                bounds = {each.name.text: f" {self.aim(each.bound)}" for each in own}
                listed = [f"{self.name(e.text)}{bounds.get(e.text, '')}" for e in names]
                inside = write("AS_REPORTED") if reported else ", ".join(listed)
                return f"{write('PARTS')} {inside}"
            case st.Unit(unit):
                return f"{write('UNIT')} {'%' if unit == '%' else text(unit)}"
            case st.Better(side):
                return write(f"{side.upper()}_BETTER")
            case st.Weight(weight):
                return f"{write('WEIGHT')} {number(weight)}"
            case st.ShownOnly():
                return write("SHOWN_ONLY")
            case st.AddsUp(kind, to_date, before):
                year_before = write("ABOUT_YEAR_BEFORE") if before else ""
                whole = _line(self.word(kind), year_before)
                return f"{whole}, {write('TO_DATE')}" if to_date else whole
            case st.Measured(st.ALL_MONTHS):
                return write("MEASURED_MONTHLY")
            case st.Measured(often=often) if often:
                return write(often)
            case st.Measured(months):
                ends = ((self.month(run[0]), self.month(run[-1])) for run in _runs(months))
                return f"{write('MEASURED')} {', '.join(_run(*each) for each in ends)}"
            case st.Expected(steps):
                by_month = ", ".join(
                    f"{self.month(each.month)} "
                    + (f"{number(each.number)} %" if each.share else signed(each.number))
                    for each in steps
                )
                return f"{write('EXPECTED')}: {by_month or write('EVENLY')}"
            case st.Hidden(below):
                return f"{write('HIDDEN')} {write('UNDER')} {number(below)}"
            case st.Possible(bound):
                return f"{write('POSSIBLE')} {self.aim(bound)}"
            case st.Baseline(start, words_, period):
                at = text(words_) if start is None else signed(start)
                return _line(
                    write("BASELINE"), at, f"{write('AS_OF')} {text(period)}" if period else ""
                )
            case st.Target(aims):
                return f"{write('TARGET')} {self.aims(aims)}"
            case st.DataSource(source):
                return f"{write('SOURCE')} {text(source)}"
            case st.Key(key):
                return f"{write('KEY')} {text(key)}"
            case st.Units(names):
                return f"{write('FOR_UNITS')} {self.names(names)}"
            case st.Together(said):
                return f"{write('TOGETHER')} {self.statement(said)}"
            case st.RuleAs(goal):
                return f"{write('RULE_AS')} {write('GOAL')} {self.name(goal.text, id_=True)}"
            case st.Overall(periods):
                return f"{write('OVERALL')} {', '.join(map(self.word, periods))}"
            case st.Remark(said, word, condition):
                when = self.condition(condition) if condition else write("MET")
                return f"{write('REMARK')} {text(said)} {self.word(word)} {when}"
            case _:
                assert_never(body)

    def clause(self, clause: st.Clause | st.Adjustment) -> str:
        """A clause, a limit or a shift, without the class of periods that it is for."""
        write = self.words.write
        match clause:
            case st.When(level, condition):
                return f"{self.place(level)} {write('WHEN')} {self.condition(condition)}"
            case st.Otherwise(level):
                return f"{write('OTHERWISE')} {self.place(level)}"
            case st.SameAs(goal):
                return f"{write('SAME_AS')} {write('GOAL')} {self.name(goal.text, id_=True)}"
            case st.Extreme(kind, among, but):
                named = self.listed(among)
                of = f"{write('WORST_BUT')} {self.number(but)} {write('OF')}"
                head = of if but else write(f"{kind.upper()}_OF")
                return f"{head} {named if among.names else write('ALL')}"
            case st.Limit(kind, level, word, condition):
                side = write("AT_MOST" if kind == "cap" else "AT_LEAST")
                return f"{side} {self.place(level)} {self.word(word)} {self.condition(condition)}"
            case st.Shift(word=word, condition=condition):
                return f"{self.shift(clause)} {self.word(word)} {self.condition(condition)}"
            case _:
                assert_never(clause)

    def shift(self, shift: st.Shift) -> str:
        """How far the level moves, and which way."""
        return self.word(f"step {shift.kind}" if shift.by == 1 else f"two steps {shift.kind}")

    def requires(self, condition: sx.Condition) -> str:
        """Who have to be assessed for there to be a verdict."""
        write = self.words.write
        if isinstance(condition, sx.Count):
            return f"{write('REQUIRES')} {self.condition(condition)}"
        return f"{write('NO_VERDICT')} {write('UNLESS')} {self.condition(condition)}"

    def note(self, note: st.Note) -> list[str]:
        """The lines of a note; each further text of an interpretation stands under the first."""
        write = self.words.write
        match note:
            case st.According(document, decision=decision) if decision:
                by = self.name(document.text)
                return [_line(write("ACCORDING"), by, decision.section, decision.day)]
            case st.According(document, part, number, page, quoted):
                says_where = number or part != "section"
                where = f"{self.word(part)} {self.text(number)}" if says_where else ""
                on = f"{write('PAGE')} {page}" if page else ""
                words = self.text(quoted) if quoted else ""
                return [_line(write("ACCORDING"), self.name(document.text), where, on, words)]
            case st.Interpretation(texts, decided, other):
                said = [*map(self.text, texts)]
                if decided:
                    said.append(self._decision("DECIDED", decided))
                if other:
                    said[-1] += ","
                    said.append(f"{write('OTHERWISE')}: {self.statement(other.body)}")
                word = write("INTERPRETATION")
                return [_line(word if not n else " " * len(word), e) for n, e in enumerate(said)]
            case st.Validity():
                return [self.statement(note)]
            case _:
                assert_never(note)

    def _years(self, first: Decimal, last: Decimal, month: int, last_month: int) -> str:
        """The years of a validity, with its months where they are not those of whole years."""
        starts, ends = month == st.ALL_MONTHS[0], last_month == st.ALL_MONTHS[-1]
        start, end = (
            _line("" if whole else self.month(each), self.number(year))
            for year, each, whole in ((first, month, starts), (last, last_month, ends))
        )
        if last == st.YEARS[-1] and ends:
            return f"{self.words.write('FROM')} {start}"
        if first == st.YEARS[0] and starts:
            return f"{self.words.write('UNTIL')} {end}"
        if starts and ends:
            return _run(start, end)
        return _run(
            f"{self.month(month)} {self.number(first)}",
            f"{self.month(last_month)} {self.number(last)}",
        )

    def _decision(self, key: str, decision: Decision) -> str:
        by = f"{self.words.write(f'{key}_BY')} {self.text(decision.by)}"
        return _line(by if decision.by else self.words.write(key), decision.day, decision.section)

    def aims(self, aims: Iterable[sx.DatedTarget]) -> str:
        """What is aimed at, year by year where years are named."""
        years = ("" if each.year is None else self.number(each.year) for each in aims)
        return "; ".join(map(_line, years, (self.aim(each.aim) for each in aims)))

    def aim(self, aim: sx.TargetSpec) -> str:
        """What is aimed at."""
        write, number, signed = self.words.write, self.number, self.signed
        match aim:
            case sx.Bound():
                return self.bound(aim)
            case sx.Within(most):
                return f"{write('WITHIN')} ±{number(most)}"
            case sx.Around(percent, middle):
                return f"{write('WITHIN')} ±{number(percent)} % {write('OF')} {number(middle)}"
            case sx.Range(low, high) if low.is_signed() or high.is_signed():
                return f"{write('BETWEEN')} {signed(low)} {write('AND')} {signed(high)}"
            case sx.Range(low, high):
                return f"{number(low)}–{number(high)}"
            case sx.Change(direction, by, at_most):
                side = write("AT_MOST") if at_most else ""
                said = _line(write("BY"), side, self._distance(by)) if by else ""
                return _line(self.word(direction), said)
            case sx.Compared(other, side, by, way):
                said = _line(self._distance(by), write(way.upper())) if by else ""
                return _line(self.word(side), said, self.name(other.text))
            case sx.PartsReached(need) if need is not None:
                parts = write("PARTS_REACHED", "common" if need == 1 else "plural")
                return f"{write('AT_LEAST')} {number(need)} {parts}"
            case sx.PartsReached():
                return write("ALL_PARTS_REACHED")
            case _:
                assert_never(aim)

    def _distance(self, by: sx.Distance) -> str:
        """How far from a number something is."""
        points = self.words.write("PERCENT_POINTS", "common" if by.number == 1 else "plural")
        measures = {"unit": "", "percent": "%", "points": points}
        return _line(self.number(by.number), measures[by.measure])

    def _on_scale(self, scale: sx.Name | None) -> str:
        return f"{self.words.write('ON_SCALE')} {self.name(scale.text)}" if scale else ""

    def _point(self, point: sx.Point) -> str:
        """What a level is worth; a number in quotes, since `4 100` would be read as one number."""
        return f"{self.level(point.level)} {self.signed(point.number)}"

    def _bands(self, bands: Iterable[sx.Band]) -> str:
        """The levels of values, each with its bound; without one after the word for every other."""
        otherwise = self.words.write("OTHERWISE")
        return ", ".join(
            f"{otherwise} {self.place(each.level)}"
            if each.bound is None
            else f"{self.place(each.level)} {self.aim(each.bound)}"
            for each in bands
        )

    def _formula(self, formula: sx.Formula) -> str:
        write = self.words.write
        of, few = write("OF"), ""
        names = [
            self.name(each.name.text) if each.number is None else self.number(each.number)
            for each in formula.terms
        ]
        if formula.few:
            which = write("BEST_OF" if formula.few.kind == "best" else "WORST_OF")
            few = f"{write('THE')} {self.number(formula.few.number)} {which}"
        weights = ("" if each.weight == 1 else self.number(each.weight) for each in formula.terms)
        terms = ", ".join([*map(_line, names, weights), *self._lacking(formula.lacking)])
        match formula.kind:
            case "share":
                return f"{write('SHARE')} {names[0]} {of} {names[1]}"
            case "difference":
                return f"{write('DIFFERENCE')} {names[0]} {write('AND')} {names[1]}"
            case "quotient":
                return f"{names[0]} {write('DIVIDED_BY')} {names[1]}"
            case "product":
                return f"{names[0]} {write('TIMES')} {names[1]}"
            case "sum of points" | "mean of points":
                total = "SUM_POINTS" if formula.kind == "sum of points" else "MEAN_POINTS"
                return f"{write(total)} {of} {terms}"
            case "share of members" | "number of members":
                many = "SHARE" if formula.kind == "share of members" else "NUMBER_OF"
                asked = (
                    self.predicate(formula.asked, "plural")
                    if isinstance(formula.asked, sx.Level)
                    else write("TARGET_REACHED", "plural")
                )
                return _line(write(many), asked, of, terms)
            case "fulfilment" | "sum" | "mean" | "best" | "worst":
                return _line(write(f"{formula.kind.upper()}_OF"), few, terms)
            case "table":
                return self._table(formula, f"{names[0]} {write('AND')} {names[1]}")
            case _:
                assert_never(formula.kind)

    def _table(self, formula: sx.Formula, names: str) -> str:
        """A table of two indicators: in a file a row on each line, elsewhere all on one."""
        head = f"{self.words.write('TABLE_OF')} {names}:"
        rows = [
            ["", *map(self.place, formula.columns)],
            *([f"{self.place(row.level)}:", *map(self.place, row.cells)] for row in formula.rows),
        ]
        if self.plain:
            return _line(head, "; ".join(_line(label, ", ".join(own)) for label, *own in rows))
        label = max(len(row[0]) for row in rows)
        cells = [[f"{cell}," for cell in row[1:-1]] + row[-1:] for row in rows]
        most = [max(map(len, column)) for column in zip_longest(*cells, fillvalue="")]
        lines = [
            " ".join([f"{INDENT}{row[0]:{label}}", *map(str.ljust, own, most)]).rstrip()
            for row, own in zip(rows, cells, strict=True)
        ]
        return "\n".join([head, *lines])

    def _lacking(self, lacking: sx.Lacking | None) -> Iterator[str]:
        """What is done with the terms of a value that are missing, as a clause of its own."""
        if lacking and lacking.number is not None:
            counted = f"{self.words.write('COUNTS_AS')} {self.signed(lacking.number)}"
            yield f"{self.words.write('MISSING')} {counted}"
        elif lacking:
            yield f"{self.words.write('MISSING')} {self._left_out(lacking.remain)}"

    def _left_out(self, remain: Decimal | None) -> str:
        write = self.words.write
        least = "" if remain is None else f", {write('AT_LEAST')} {self.number(remain)}"
        return write("LEFT_OUT") + (f"{least} {write('REMAIN')}" if least else "")

    # Conditions

    def condition(self, condition: sx.Condition) -> str:
        """A condition."""
        match condition:
            case sx.Count():
                return self._count(condition)
            case sx.Single(member, predicate, goal, rest):
                head = _line(
                    self.words.write("GOAL") if goal else "",
                    self.name(member.text, id_=goal),
                    self.predicate(predicate, "neuter" if goal else "common"),
                )
                return ", ".join([head, *map(self.floor, rest)])
            case sx.Score():
                return self._score(condition)
            case sx.Fact():
                return self.fact(condition)
            case sx.Joined(word, parts):
                texts = (
                    f"({self.condition(part)})"
                    if isinstance(part, sx.Joined)
                    else self.condition(part)
                    for part in parts
                )
                return f" {self.word(word)} ".join(texts)
            case _:
                assert_never(condition)

    def _count(self, count: sx.Count) -> str:
        quantity, kind = count.quantity, count.quantity.kind
        of_one = kind in ("any", "none") or (kind in ("number", "at most") and quantity.number == 1)
        of_goals = count.scope.goals or count.scope.beside
        gender: Agreement = "neuter" if of_goals else "common"
        head = _line(
            self.quantity(quantity, gender),
            self.words.write("OF_WEIGHT") if count.weighed else "",
            self.scope(count.scope),
            self.predicate(count.predicate, gender if of_one else "plural"),
            *map(self.included, count.including),
        )
        return ", ".join([head, *map(self.floor, count.rest)])

    def _score(self, score: sx.Score) -> str:
        write, low = self.words.write, score.lowest
        of = f"{write('OF')} {write('THE')}"
        lowest = "" if low is None else f"{of} {self.number(low)} {write('LOWEST')}"
        among = _line(self.scope(score.scope), lowest)
        if score.total == "share":
            return _line(self._share(score.bound.number), write("OF_POINTS"), among)
        return _line(write(f"{score.total.upper()}_POINTS"), among, self.bound(score.bound))

    def fact(self, fact: sx.Fact) -> str:
        """A fact; a share of the target with its percent."""
        if fact.percent is None:
            return self.word(fact.name)
        return f"{self._share(fact.percent)} {self.words.write('OF_TARGET')}"

    def _share(self, percent: Decimal) -> str:
        return f"{self.words.write('AT_LEAST')} {self.number(percent)} %"

    def bound(self, bound: sx.Bound) -> str:
        """A bound on a number."""
        return f"{self.word(bound.side)} {self.signed(bound.number)}"

    def quantity(self, quantity: sx.Quantity, gender: Agreement = "common") -> str:
        """How many."""
        write, number = self.words.write, self.number(quantity.number)
        match quantity.kind:
            case "number":
                return f"{write('AT_LEAST')} {number}"
            case "at most":
                return f"{write('AT_MOST')} {number}"
            case "percent":
                return self._share(quantity.number)
            case "half":
                return f"{write('AT_LEAST')} {write('HALF')}"
            case "majority" | "all":
                return write(quantity.kind.upper())
            case "any" | "none":
                return write("ANY" if quantity.kind == "any" else "NO", gender)
            case _:
                assert_never(quantity.kind)

    def scope(self, scope: sx.Scope) -> str:
        """Among whom."""
        of = self.words.write("OF")
        if scope.names:
            return _line(of, self.listed(scope))
        units = self.words.write("UNITS") if scope.units else ""
        if scope.size is None:
            return units
        return _line(of, self.number(scope.size), units.removeprefix(f"{of} "))

    def predicate(self, predicate: sx.Predicate, agreement: Agreement = "common") -> str:
        """What is asked of a member."""
        write = self.words.write
        match predicate:
            case sx.Met(negated):
                return write("NOT_MET" if negated else "MET", agreement)
            case sx.Assessed():
                return write("ASSESSED", agreement)
            case sx.Level(name, ""):
                return self.level(name, agreement)
            case sx.Level(name, side):
                return f"{self.word(side)} {self.place(name, agreement)}"
            case _:
                assert_never(predicate)

    def included(self, included: sx.Included) -> str:
        """The clause that names members who have to be among those counted."""
        need = "" if included.need is None else self.number(included.need)
        of = self.words.write("OF") if need else ""
        named = self.listed(sx.Scope(included.names, beside=included.beside))
        return _line(self.words.write("INCLUDING"), need, of, named)

    def floor(self, rest: sx.Rest) -> str:
        """The clause that says what every member must reach."""
        write = self.words.write
        return f"{write('REST')} {write('AT_LEAST')} {self.place(rest.level, 'plural')}"

    # Words, names and numbers

    def word(self, kind: str) -> str:
        """The keyword for a word of the syntax, such as `at least` or `cap`."""
        return self.words.write(kind.replace(" ", "_").upper())

    def month(self, month: int) -> str:
        """The word for a month."""
        return self.words.write(f"MONTH {month}")

    def place(self, level: sx.Name, agreement: Agreement = "common") -> str:
        """The word or the number of a level, where a number can only be a level."""
        return self.level(level, agreement, "NUMBER")

    def level(self, level: sx.Name, agreement: Agreement = "common", *others: str) -> str:
        """The word for a level; in quotes where it would be read as something else.

        `others` are the types of tokens that are levels too where it stands.
        """
        if level.text == sx.MET:
            return self.words.write("MET", "neuter")
        word = self.words.write(level.text, agreement)
        if self.plain:
            return word
        read = read_tokens(Source("", word), self.words).tokens
        alone = read[0] if len(read) == 1 else None
        marked = word.isdecimal() or decimal_mark(self.words.language) in word
        fits = (
            alone is not None
            and alone.type in {"LEVEL", "NAME", *others}
            and (alone.type != "NUMBER" or (marked and not is_too_long(alone)))
            and (alone.level or alone) == level.text
        )
        return word if fits else self.text(level.text)

    def goals(self, ids: Sequence[sx.Name]) -> str:
        """Some goals by their ids."""
        agreement: Agreement = "plural" if len(ids) > 1 else "neuter"
        return f"{self.words.write('GOAL', agreement)} {self.names(ids, ids=True)}"

    def listed(self, scope: sx.Scope) -> str:
        """Members by name, and after them goals by their ids, as one list."""
        names, ids = ((), scope.names) if scope.goals else (scope.names, scope.beside)
        lists = (self.names(names) if names else "", self.goals(ids) if ids else "")
        return ", ".join(each for each in lists if each)

    def names(self, names: Iterable[sx.Name], *, ids: bool = False) -> str:
        """Some names as a list."""
        return ", ".join(self.name(name.text, id_=ids) for name in names)

    def name(self, text: str, *, id_: bool = False) -> str:
        """A name, in quotes where it would be read as something else."""
        reading = read_tokens(Source("", text), self.words)
        bare = ("NAME", "NUMBER") if id_ else ("NAME",)
        fits = [each for each in reading.tokens if each.type in bare and not is_too_long(each)]
        return text if [str(token) for token in fits] == [text] else self.text(text)

    def text(self, text: str) -> str:
        """A text in quotes."""
        return '"' + text.replace('"', '""') + '"'

    def number(self, number: Decimal) -> str:
        """A number with the language's decimal mark."""
        return format(number, "f").replace(".", decimal_mark(self.words.language))

    def signed(self, number: Decimal) -> str:
        """A number that may be below nought."""
        return self.number(number).replace("-", MINUS)


def formatter(language: Language) -> Format:
    """The forms of the language in explanations, in one human language."""
    return Format(words(language))


def file_formatter(language: Language, levels: Iterable[str]) -> Format:
    """The forms of the language in a rule file that has some levels of its own."""
    return Format(words(language).with_levels(levels), plain=False)


def format_file(file: st.File, language: Language | None = None) -> str:
    """The text of a rule file, in its own language or in another."""
    language = language or file.language
    scales = [each.body for each in file.statements if isinstance(each.body, st.ScaleHead)]
    levels = [level.text for scale in scales for level in scale.levels]
    writer = file_formatter(language, levels)
    lines = [f"goalrules {file.version} {language}", ""]
    for statement in file.statements:
        if statement.body.placement.blank and lines[-1]:
            lines.append("")
        lines += _lines(statement, writer)
    lines += _comments(file.comments, "")
    return "\n".join(lines) + "\n"


def _lines(statement: st.Statement, writer: Format) -> Iterator[str]:
    """A statement under its comments, indented by what it belongs to, and its notes below it."""
    depths: dict[st.Home, int] = {"block": 0, "plan": 0, "goal": 1, "assess": 1, "indicator": 2}
    margin = INDENT * depths[statement.body.placement.homes[0]]
    yield from _comments(statement.comments.before, margin)
    first, *rows = writer.statement(statement.body).split("\n")
    lines = [margin + first, *(margin + INDENT + row for row in rows)]
    yield from (*lines[:-1], lines[-1] + _after(statement.comments))
    for note in statement.notes:
        yield from _comments(note.comments.before, margin + INDENT)
        *lines, last = writer.note(note)
        yield from (margin + INDENT + line for line in (*lines, last + _after(note.comments)))


def _comments(comments: Iterable[str], margin: str) -> Iterator[str]:
    yield from (f"{margin}# {comment}".rstrip() for comment in comments)


def _after(comments: st.Comments) -> str:
    return f"  # {comments.after}" if comments.after else ""


def _runs(months: Iterable[int]) -> list[list[int]]:
    """The months in runs of which each follows on the one before."""
    found: list[list[int]] = []
    for month in months:
        if found and found[-1][-1] == month - 1:
            found[-1].append(month)
        else:
            found.append([month])
    return found


def _run(first: str, last: str) -> str:
    """What goes from one year or month to another, told by its ends; by one where they are one."""
    return "–".join(dict.fromkeys((first, last)))


def _line(*texts: str) -> str:
    return " ".join(text for text in texts if text)
