"""What a workbook says of its sheets, of how numbers are shown, and the texts that they share."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from attrs import field

from goalrules.data.number_format import NumberFormat, format_by_code, format_by_number
from goalrules.data.records import RefusedError
from goalrules.data.xlsx_package import Attributes, Package, damaged, elements, local, parse
from goalrules.lazily import frozen

MOST_TEXTS = 1_000_000
FIRST_OWN_FORMAT = 164

_ESCAPED = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
_LISTS = ("numFmts", "cellXfs", "cellStyleXfs", "dxfs")


@frozen
class SheetPart:
    """A sheet of a workbook: its name, the part that it stands in, and whether it is shown."""

    name: str
    part: str
    hidden: bool


@frozen
class Workbook:
    """What the cells of every sheet rest on.

    `shown` is how the numbers of each style are shown, where not plainly; `from_1904` says that
    dates are counted from that year and not from 1900, and `to_work_out` that the program which
    wrote the workbook left its formulas to be worked out by the one that opens it.
    """

    package: Package = field(repr=False)
    sheets: tuple[SheetPart, ...]
    shown: tuple[NumberFormat | None, ...]
    texts: list[str] = field(repr=False)
    from_1904: bool
    to_work_out: bool


def open_workbook(data: bytes) -> Workbook:
    """The workbook in the bytes of an XLSX file.

    Raises:
        RefusedError: it is another kind of file, damaged, or larger than is read.
    """
    package = Package(data)
    part = _main_part(package)
    related = _related(package, part)
    found: list[SheetPart] = []
    from_1904 = to_work_out = False
    for name, given in elements(part, package.chunks(part)):
        if name == "workbookPr":
            from_1904 = given.get("date1904") in ("1", "true")
        if name == "calcPr":
            to_work_out = given.get("fullCalcOnLoad") in ("1", "true")
        if name == "sheet":
            found.extend(_sheet(given, related, part))
    return Workbook(
        package,
        tuple(found),
        tuple(_styles(package, _only(related, "styles"))),
        _texts(package, _only(related, "sharedStrings")),
        from_1904,
        to_work_out,
    )


Related = dict[str, tuple[str, str]]
"""By the id of a relation: what kind it is of, and the part that it leads to."""


def _main_part(package: Package) -> str:
    part = _only(_related(package, ""), "officeDocument") or "xl/workbook.xml"
    if not package.has(part) or not part.casefold().startswith("xl/"):
        raise RefusedError("not-a-workbook")
    return part


def _related(package: Package, part: str) -> Related:
    """What a part leads to."""
    relations = _relations_of(part)
    if not package.has(relations):
        return {}
    found: Related = {}
    for name, given in elements(relations, package.chunks(relations)):
        if name == "Relationship":
            target = normpath(join("/", dirname(part), given.get("Target", ""))).lstrip("/")
            found[given.get("Id", "")] = given.get("Type", "").rpartition("/")[2], target
    return found


def _relations_of(part: str) -> str:
    """The part that says what another leads to."""
    folder, _, name = part.rpartition("/")
    return join(folder, "_rels", f"{name}.rels")


def _only(related: Related, kind: str) -> str:
    """The part that is of a kind, or nothing where there is none."""
    return next((part for each, part in related.values() if each == kind), "")


def _sheet(given: Attributes, related: Related, workbook: str) -> Iterator[SheetPart]:
    """A sheet as the workbook names it, where it is one of cells.

    Raises:
        RefusedError: nothing says in which part the sheet stands.
    """
    identity = next((text for name, text in given.items() if local(name) == "id"), "")
    if identity not in related:
        raise damaged(_relations_of(workbook))
    kind, part = related[identity]
    if kind == "worksheet":
        hidden = given.get("state", "visible") != "visible"
        yield SheetPart(given.get("name", ""), part, hidden)


def _styles(package: Package, part: str) -> Iterator[NumberFormat | None]:
    """How the numbers of each style are shown, in the order of their numbers."""
    inside, codes = "", dict[str, str]()
    for name, given in elements(part, package.chunks(part)) if part else ():
        if name in _LISTS:
            inside = name
        if name == "numFmt" and inside == "numFmts":
            codes[given.get("numFmtId", "")] = given.get("formatCode", "")
        if name == "xf" and inside == "cellXfs":
            number = given.get("numFmtId", "0")
            yield format_by_code(codes[number]) if number in codes else format_by_number(number)


def _texts(package: Package, part: str) -> list[str]:
    """The texts that cells share, in order."""
    if not part:
        return []
    found = _SharedTexts()
    for _ in parse(part, package.chunks(part), found.start, found.end, found.text):
        if len(found.texts) > MOST_TEXTS:
            raise damaged(part)
    return found.texts


class _SharedTexts:
    """The shared texts as they are read; how a word is pronounced is no part of one."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.inside = self.spoken = False

    def start(self, name: str, _: Attributes) -> None:
        """The beginning of an element."""
        match local(name):
            case "si":
                self.pieces = []
            case "rPh":
                self.spoken = True
            case "t":
                self.inside = not self.spoken

    def text(self, text: str) -> None:
        """A piece of text."""
        if self.inside:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        """The end of an element."""
        match local(name):
            case "si":
                self.texts.append(unescaped("".join(self.pieces)))
            case "rPh":
                self.spoken = False
            case "t":
                self.inside = False


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold, which stand as `_x000D_` in it."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
