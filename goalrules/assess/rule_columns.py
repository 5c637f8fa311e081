"""A rule given alone over columns of outcomes, one for each member that has any."""

from collections.abc import Hashable, Mapping, Sequence
from functools import partial

from goalrules.assess.automaton import ColumnRule, Level
from goalrules.assess.column_reading import ColumnsGiven, Reader, Words
from goalrules.assess.standalone import StandaloneRule
from goalrules.core.vocabulary import VERDICTS
from goalrules.data.vectors import Vector
from goalrules.text.names import folded


class RuleColumns:
    """A rule given alone, ready for columns; verdicts are by their places in `VERDICTS`."""

    def __init__(self, rule: StandaloneRule) -> None:
        self._rule, self._judged = rule, ColumnRule(self._judge)
        self.words: Words = [*rule.names.others.scale.levels, None, "not applicable"]
        """The words for levels by their codes."""

    def _judge(self, levels: Sequence[tuple[Hashable, Level]]) -> int:
        outcome = self._rule.judge([level for _, level in levels])
        return VERDICTS.index(outcome.verdict)

    def given(self, vectors: Mapping[str, Vector]) -> ColumnsGiven:
        """Columns with what reads each."""
        return ColumnsGiven(vectors, {name: self._reader(name) for name in vectors})

    def _reader(self, name: str) -> Reader | None:
        own = self._rule.members.get(folded(name))
        if own is None:
            return None
        return Reader(own, self.words, partial(self._level, name))

    def _level(self, name: str, value: object) -> Level | None:
        """What a value says of a member; words are known once they were read."""
        if value is None or type(value) is str:
            return self._rule.level_of(name, value)
        return self._rule.read(name, value)

    def verdicts(self, given: ColumnsGiven) -> tuple[bytes, Sequence[int]]:
        """The verdict of each row, and the rows that have to be judged by themselves."""
        columns = given.columns()
        return self._judged.results(columns, given.rows), given.alone(columns)
