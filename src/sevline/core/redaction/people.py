"""People who were told of once: the other ways in which a text names them.

A file that says `Full name: Anna Meyer` means the same person by “Ms Meyer’s ticket”, `anna.meyer`, `ameyer` and
`anna-meyers-macbook-pro.local`. What is a person's beyond doubt is told by detectors; here it is only written anew.
"""

# ruff: noqa: E501 - lists and patterns are read whole

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sevline.core.redaction.given_names import CALLED_BY, GIVEN_NAMES
from sevline.core.redaction.late import late
from sevline.core.redaction.literals import literal
from sevline.core.redaction.names import PARTICLES, is_family_name, is_full_name, is_login_of_somebody
from sevline.core.redaction.replaced import behind
from sevline.core.redaction.rows import numbers, where

if TYPE_CHECKING:
    import polars as pl

#: Letters of a part of a name that stands for somebody by itself, and of a login that is only somebody's by its parts.
SHORTEST, SHORTEST_LOGIN = 4, 5
#: Characters of a whole name in a script without blanks; two are a word as often.
SHORTEST_OF_CJK, LONGEST_OF_CJK = 3, 8
#: People of whom all ways are looked for; of more only the names as they are written.
MOST = 4_000
#: Of how they are written, so many are one pattern.
AT_ONCE = 500
#: How a pseudonym of a person begins.
PERSON = "<PERSON-"
#: Names of families and of people that are words as well: alone they stand for nobody.
_WRITTEN = """
    able adams angel april archer art august austin bach bail baker ball banks bank barber base bass baum bauer beach bean bear beck becker bell berg best bill bird bishop black blanc bloom blue boden bond book booth bosch brand branch brandt braun
    bright brook brooks brown buck bush butler burns burger cash case chance chapman charity chase check church clay clean clear clerk close cole cook cool cooper core corner cost court cross crystal current curry dale data date dawn day dean diamond dick drake
    dial drew duke early earth east eden edge ember english faith falk farmer fast feld field finch finger fink fish fisher flag fleet flint flower floor fluss ford forest foster fox franco frank frau free french frey freund frost fuchs full gale garden gardner gate german gill gold golden good grace
    grand grant gray green grey groß gross gruber guest gut haas hacker hale hall hand hard hart harbor hardy hauser haven hawk head heart heath heller herb herman herr hill hirsch hoch hof hoffnung holiday holland holly holt home hope horn host house hunt hunter hut ice iris iron island ivy jade jasmine
    jäger jones jordan joy judge june jung just kaiser kammer karte kaufmann kay keller kent key kind king klein knight koch köhler könig krieg krug kraft kreis kunst lake lamb land lane lang lange last laurel law lead leaf lee leicht lerner level light lily lime link lion little lock log logan long lord love luck
    lucky mace main major male march mark market marsh mason master max may mayer meadow meister mercer mercy merit metz mill miller mills mind mini miles model monk monday moon moor moore moos more morgen müller nagel neu neumann nest new night noble north nord ocean olive one oswald otto page pages painter palm paris park parker parks parson patch
    patience pearl peak pen penny petal pfeiffer pike pine pink piper place plain plant plum pole pond pool pope port porter post potter powers power price pride prince prior process proud pump queen rain ramp range ray read real red reed reich reis reiter rice rich richter rider ring river rivers road robin rock rocky roller rose rosen roth rot round royal ruby
    running rusch rush rust sand sage sale sales salt sandy savage save schmied schneider schreiber school schuler schulz scout schwarz sea seal senior serif sharp shepherd shield ship shop short silver simple singer single skill sky small smart smith snow sommer son south spark sparks spear speed spring square staff stamm stark star start steel stein stellar stern stock stone
    storm story street strong style sturm summer sun sunday sunny swan swift tage tanner taylor teal temple terry thorn tiger till timer todd tower town townsend trip troy true tucker turner twist under vale van venus vera victor victoria vogel voice voss wagner wald walker wall walls ward warm warner waters watt way weaver web weber week weiß weiss wells
    wert west wheel wheeler white wild will wills wilder wind winkler winter wise wolf wolff wood woods word work wright young zander zeit ziegler zimmer zimmermann
    alba alta amor arena banco barco blanco bueno campo casa castillo caro clara cruz delgado dia estrella flores franco fuente gallo garza gato guerra iglesia leon luna luz marca mar mesa mora moreno nieve nuevo paz pino prado puente reina rey rios rojo roca rosa rubio salas santo seco sierra sol soler torre torres vega verde vida vidal viejo villa viva
    beau belle blanc bois bon boulanger bonnet chevalier courtois dubois fleur fontaine gros lafleur lambert legrand lemoine le leroy marchand marin meunier moulin noir parent pasteur petit poulain renard richard rousseau roux rouge roy vert vidal bianchi bruno costa fontana gallo gatti greco grosso leone lombardi marino monti neri pace riva rossi serra sala testa valle vitale
    bakker berg boer bos brouwer dam dekker dijk groot haas hart jong kok koning kuiper meer mol mulder post prins ridder schaap smit timmer visser vos vries water wit zee alm berg björk dahl ek falk frisk holm lind lund ny norling ros sand sjö stark strand strøm vik
    user users admin root test tests guest demo data info error warn debug trace query value values token login logout email phone mobile address street number name names title first last middle family given full display account customer client contact owner agent person member group team role type state status level code
    none null true false undefined unknown default sample example public private local remote server service system system manager management monitor monitoring report reporting reports export import backup search index store batch worker build builder release deploy deployer deployment automation scheduler operations operator support helpdesk desk billing finance payment payments
    accounts sales marketing security network cloud device desktop laptop macbook iphone office windows linux ubuntu debian python java kotlin scala swift rust ruby perl node docker kafka redis mysql postgres oracle apache nginx jenkins grafana prometheus elastic spark airflow hadoop jordan london paris berlin madrid roma milano lisboa porto praha wien bern zürich dublin oslo
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
"""
_WORDS = frozenset(_WRITTEN.split())
#: Endings of words that tell what is done or of what kind something is.
_ENDS_LIKE_A_WORD = (
    "ing", "tion", "sion", "ment", "ness", "able", "ible", "ance", "ence", "ity", "ware", "ics", "ful", "less", "ation", "ated", "ized", "ised", "hook", "base", "port", "flow", "sync", "bot", "user", "admin", "api", "app", "job", "test",
)  # fmt: skip
_WITHOUT_BLANKS = late("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: Endings of names of families that hardly a word has, and two consonants with which none begins.
_LIKE_FAMILY = late(
    r"(?:ova|eva|ská|ski|sky|ska|cki|cka|wicz|czyk|sson|dottir|berg|mann|stein|feld|heim|gaard|lund|qvist|kvist|quist|strom|stad|escu|oglu|enko|chuk|ovic|evic|idis|poulos|akis|nen|maki|dze|shvili|eau|eux|oux|elli|etti|ucci|ini|ez|meyer|meier|maier|bauer|huber|hofer|dijk|stra|nova|uchi|moto|yama|awal|singh|kowski)$"
    r"|^(?:b[bcdfgkmnpqstvw]|c[bcdfgjkmnpqstvw]|d[bcdfgjklmnpqtvz]|f[bcdfghkmnpqstvw]|g[bcdfgjkmpqstvw]|h[bcdfghjklmnpqrstvw]|j[bcdfghjklmnpqrstvwz]|k[bcdfgjkmpqstvwz]|l[bcdfghjkmnpqrstvwz]|m[bcdfghjklmpqrstvwz]|n[bcdfghjklmnpqrstvwz]|p[bcdfgjkmpqtvwz]|r[bcdfgjklmnpqrstvwz]|s[bdfgjrsvz]|t[bcdfgjklmnpqtvz]|v[bcdfghjkmnpqstvwz]|w[bcdfgjklmnpqstvwz]|z[bcdfgjklmnpqrstv])[a-z]"
)
_NOT_IN_NAMES = late(r"[^\w.-]")
_JOINED = late(r"(?P<given>[a-z]{1,20})[._](?P<family>[a-z]{2,24})[0-9]{0,3}")
#: What the name of a computer goes on with behind whose it is.
_DEVICES = r"(?i:-(?:macbook|mbp|mba|imac|mac|iphone|ipad|laptop|notebook|desktop|thinkpad|surface|galaxy|pixel|phone|tablet|workstation|pc|nb|lt|ws|air|pro|mini|max|plus|se|[0-9]{1,4}|work|home|win1[01]))*"
#: As addresses and logins write letters that ASCII has not.
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "þ": "th", "ð": "d", "đ": "d", "ł": "l", "ı": "i", "œ": "oe"}
)  # fmt: skip
_STRIPPED = str.maketrans(
    {"ß": "ss", "ø": "o", "å": "a", "æ": "ae", "þ": "th", "ð": "d", "đ": "d", "ł": "l", "ı": "i", "œ": "oe"}
)


@dataclass(slots=True)
class Ways:
    """What is looked for, in small letters, with the value under which it is masked. `lower` are those that may also
    be written in small letters: others are words then."""

    by_form: dict[str, str] = field(default_factory=dict)
    lower: set[str] = field(default_factory=set)

    def add(self, form: str, value: str, *, in_lower: bool) -> None:
        self.by_form.setdefault(form, value)
        if in_lower:
            self.lower.add(form)

    def value(self, written: str) -> str | None:
        """The value for which this stands as it is written; None where it is a word."""
        form = written.lower()
        while form not in self.by_form and "-" in form:
            form = form.rpartition("-")[0]  # the name of a computer goes on behind whose it is
        if form not in self.by_form or (written.islower() and form not in self.lower):
            return None
        return self.by_form[form]

    @property
    def literals(self) -> list[str]:
        """What is searched for in any case of ASCII; letters beyond it are written out in theirs."""
        forms = set(self.by_form)
        return sorted(forms.union(*((form.title(), form.upper()) for form in forms if not form.isascii())))

    def rows(self, rows: "pl.Series") -> "pl.Series":
        """The numbers of the rows in which one of them may stand."""
        if not self.by_form:
            return numbers(0)
        return where(rows.str.contains_any(self.literals, ascii_case_insensitive=True))

    def patterns(self, rows: "pl.Series", allowed: Set[str]) -> Iterator[str]:
        """What finds them in these rows as they are written there; longer ones win over those they contain."""
        found = rows.str.extract_many(self.literals, ascii_case_insensitive=True, overlapping=True).explode().unique()
        there = [one for one in found.drop_nulls().to_list() if self.value(one) is not None and one not in allowed]
        every = sorted(there, key=lambda form: (-len(form), form))
        for start in range(0, len(every), AT_ONCE):
            yield "|".join(map(_as_word, every[start : start + AT_ONCE]))


def names_behind(plain: str, replaced: str) -> list[str]:
    """The values of a match in whose place a person's pseudonym stands."""
    return [value for value, token in behind(plain, replaced).items() if token.startswith(PERSON)]


def _as_word(form: str) -> str:
    """The form with an end of a word on both sides, which scripts without blanks between words have not."""
    return literal(form) if _WITHOUT_BLANKS.search(form) else rf"\b{literal(form)}{_DEVICES}\b"


def told_by(values: Iterable[str], *, certain: bool) -> Iterator[str]:
    """Of what was masked as people's names those that stand for the same people elsewhere too.

    `certain`: the field, the title or the closing words said that it is a person; otherwise a given name must.
    """
    for value in values:
        if joined := _JOINED.fullmatch(value.lower()):
            yield from _people_of_login(joined, certain=certain)
        family, comma, given = value.partition(", ")
        name = f"{given} {family}" if comma and given else value
        if name.isupper() and " " in name:
            name = name.title()
        if _is_told(name, certain=certain):
            yield name


def _people_of_login(joined: re.Match[str], *, certain: bool) -> Iterator[str]:
    """Whom a login such as `anna.meyer` or `a.meyer` is called after."""
    given, family = joined["given"].title(), joined["family"].title()
    if given in GIVEN_NAMES and _is_part(family):
        yield f"{given} {family}"
    elif (len(given) == 1 or certain) and len(family) > SHORTEST and _is_part(family):
        yield family


def _is_told(name: str, *, certain: bool) -> bool:
    if _WITHOUT_BLANKS.search(name):
        return certain and SHORTEST_OF_CJK <= len(name) <= LONGEST_OF_CJK
    if " " in name:
        return is_full_name(name) and (certain or any(word in GIVEN_NAMES for word in name.split(" ")))
    if _NOT_IN_NAMES.search(name):
        return False
    if name[:1].islower() or name[1:] == name[1:].upper():
        return _is_own_login(name.lower(), certain=certain)
    return _is_part(name) and (name in CALLED_BY or certain)


def _is_part(word: str) -> bool:
    """Whether a name alone stands for somebody, and for nothing else."""
    lower = word.lower()
    return (
        len(word) >= SHORTEST
        and is_family_name(word.title())
        and lower not in _WORDS
        and word.replace("-", "").isalpha()
    )


def _is_own_login(lower: str, *, certain: bool) -> bool:
    """A login that is no word. `certain`: it stood where nothing but accounts of people do."""
    if len(lower) < SHORTEST_LOGIN or not is_login_of_somebody(lower):
        return False
    if joined := _JOINED.fullmatch(lower):
        given, family = joined["given"], joined["family"]
        return family not in _WORDS and (
            certain or len(given) == 1 or given.title() in GIVEN_NAMES or _is_like_family(family)
        )
    bare = lower.rstrip("0123456789")
    if bare in _WORDS or len(bare) < SHORTEST:
        return False
    return _is_like_family(bare) or (certain and not bare.endswith(_ENDS_LIKE_A_WORD))


def _is_like_family(lower: str) -> bool:
    """Whether it is a given name, ends as families' names do, or begins with an initial that no word has there."""
    return lower.title() in CALLED_BY or (len(lower) > SHORTEST and _LIKE_FAMILY.search(lower) is not None)


def ways_of(people: Iterable[str]) -> Ways:
    """All that is looked for, of people by their names and logins as they were told."""
    ways, every = Ways(), sorted(people)
    for name in every:
        _add_as_written(ways, name)
    for name in every if len(every) <= MOST else ():
        if " " in name:
            _add_parts(ways, name)
        elif name[0].isupper():
            _add_possessive(ways, name.lower())
    return ways


def _add_as_written(ways: Ways, name: str) -> None:
    whole = name.lower()
    if _WITHOUT_BLANKS.search(name):
        bare = name.replace(" ", "").replace("\u3000", "")
        for form in (whole, bare):
            ways.add(form, bare, in_lower=True)
    elif " " in name:
        others, _, family = whole.rpartition(" ")
        ways.add(whole, whole, in_lower=True)
        ways.add(f"{family}, {others}", whole, in_lower=True)
    else:
        ways.add(whole, whole, in_lower=not name[0].isupper() or _is_known_in_lower(whole))


def _is_known_in_lower(lower: str) -> bool:
    return len(lower) > SHORTEST or lower.title() in CALLED_BY


def _add_possessive(ways: Ways, part: str) -> None:
    """“Annas-MacBook”, and the same part without its accents."""
    for form in {part, *_in_ascii(part)}:
        if len(form) >= SHORTEST and form not in _WORDS:
            ways.add(form, part, in_lower=_is_known_in_lower(form))
            if not form.endswith("s"):
                ways.add(f"{form}s", part, in_lower=len(form) > SHORTEST)


def _add_parts(ways: Ways, name: str) -> None:
    words = [word.strip(".,") for word in name.split(" ")]
    parts = [word for word in words if word.lower() not in PARTICLES and len(word) > 1]
    if len(parts) < 2:
        return
    for part in filter(_is_part, parts):
        _add_possessive(ways, part.lower())
    _add_initials(ways, name.lower(), parts[0].lower(), parts[-1].lower())
    for login in _logins(parts):
        if len(login) >= SHORTEST_LOGIN and login not in _WORDS and login.title() not in GIVEN_NAMES:
            ways.add(login, login, in_lower=True)
            if "-" in login:
                ways.add(f"{login}s", login, in_lower=True)


def _add_initials(ways: Ways, whole: str, given: str, family: str) -> None:
    """“A. Meyer”, “Meyer A”."""
    if len(family) >= SHORTEST - 1:
        ways.add(f"{given[0]}.{family}", whole, in_lower=True)
        for form in (f"{given[0]}. {family}", f"{family}, {given[0]}", f"{family} {given[0]}"):
            ways.add(form, whole, in_lower=False)


def _logins(parts: list[str]) -> Iterator[str]:
    """As systems make logins and devices of a given and a family name."""
    for given, family, initials in zip(
        *(_spellings(text) for text in (parts[0], parts[-1], "".join(part[0] for part in parts[:-1]))), strict=False
    ):
        if not given or not family:
            return  # letters of a script that logins are not written in
        for mark in ("", ".", "_", "-"):
            yield f"{given}{mark}{family}"
            yield f"{family}{mark}{given}"
            yield f"{given[0]}{mark}{family}"
        yield from (
            f"{initials}{family}",
            f"{family}{given[0]}",
            f"{family}.{given[0]}",
            f"{given}{family[0]}",
            f"{given}.{family[0]}",
        )


def _spellings(text: str) -> list[str]:
    """In small letters of ASCII, in both ways to write an umlaut, without hyphens."""
    bare = text.lower().replace("'", "").replace("’", "").replace("-", "")
    spelled = _plain(bare.translate(_SPELLED))
    return [spelled, _plain(bare.translate(_STRIPPED))]


def _in_ascii(text: str) -> tuple[str, ...]:
    return () if text.isascii() else tuple(form for form in _spellings(text) if form.isascii())


@lru_cache(4096)
def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
