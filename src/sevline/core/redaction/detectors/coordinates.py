"""Places on a map: degrees beside a name that says so, pairs of them in addresses of maps, and degrees with minutes.

Three decimals tell a place to a hundred metres. Fewer are those of a town, and of a measurement far more often.
"""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from functools import lru_cache

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_LAT = r"(?:lat(?:itude?)?|breitengrad|geo_?lat|gps_?lat(?:itude)?|latitudine)"
_LON = r"(?:lon(?:g(?:itude?)?)?|lng|l(?:ä|ae)ngengrad|geo_?(?:lon|lng)|gps_?(?:lon|lng|longitude)|longitudine)"
_IS = r"[\"'\\]{0,4}[ \t]{0,2}[:=][ \t]{0,2}[\"'\\]{0,4}"
_DEGREES = r"[-+]?(?:1[0-7][0-9]|180|[0-9]{1,2})\.[0-9]{3,}"
_EXACT = r"[-+]?(?:1[0-7][0-9]|180|[0-9]{1,2})\.[0-9]{4,}"
_AND = r"[ ]?(?:,|;|%2C|[ ])[ ]?"
_PLACE = r"(?:coordinates?|coords?|coordonn(?:é|e)es|coordenadas|coordinate|koordinaten|gps(?:[ _-]?(?:position|location|coordinates|fix))?|geo(?:[ _-]?(?:point|location|loc|position))?|lat[ ]?[,_/-]?[ ]?(?:lng|long?)|standort)"
#: Words that hold a place as often as a point of a picture.
_PERHAPS = r"(?:position|location|loc|center|centre|point|origin|destination|[sd]addr|ll|q|query|viewpoint|near)"
#: Degrees, minutes and seconds, or degrees with the sign for them, and the quarter of the sky.
_ARC = r"[0-9]{1,3}(?:\.[0-9]{2,})?[ ]?(?:°|deg)[ ]?(?:[0-9]{1,2}(?:\.[0-9]+)?[ ]?['′’][ ]?)?(?:[0-9]{1,2}(?:\.[0-9]+)?[ ]?(?:\"|″|”|''|\\\")[ ]?)?"
_PATTERN = (
    rf"(?i:{BEGIN}(?:{_LAT}{_IS}{_DEGREES}[^\r\n0-9.]{{1,30}}?{_LON}{_IS}{_DEGREES}|{_LON}{_IS}{_DEGREES}[^\r\n0-9.]{{1,30}}?{_LAT}{_IS}{_DEGREES}"
    rf"|(?:latitude|longitude|breitengrad|l(?:ä|ae)ngengrad|latitudine|longitudine){_IS}{_DEGREES}"
    rf"|(?:{_LAT}|{_LON})[\"'\\]{{0,4}}[ ]?[:=][ ]?[\"'\\]{{1,4}}{_EXACT}"
    rf"|{_PLACE}(?:{_IS}|[ ]{{1,2}}(?:is[ ]|at[ ]|sind[ ]|ist[ ])?)[(\[]?[ ]?{_DEGREES}(?:{_AND}{_DEGREES})?"
    rf"|{_PERHAPS}(?:{_IS}|%3D)[(\[]?{_EXACT}{_AND}{_EXACT})"
    rf"|geo:{_DEGREES},{_DEGREES}|/@{_DEGREES},{_DEGREES}|POINT[ ]?(?:Z[ ]?)?\({_DEGREES}[ ]{_DEGREES})"
    rf"|[0-9]{{4}}\.[0-9]{{2,}},[NS],[0-9]{{5}}\.[0-9]{{2,}},[EW]"
    rf"|(?:[NS][ ]?{_ARC}|{_ARC}[NS])(?:[ ]?,[ ]?|[ ]|/){{1,2}}(?:[EWO][ ]?{_ARC}|{_ARC}[EWO])"
)
_NAME = late(rf"(?:.*[_ .-])?(?:{_LAT}|{_LON}|{_PLACE})", re.IGNORECASE)
_NUMBER = late(r"[0-9]{4,5}\.[0-9]{2,},[NSEW]|[-+]?[0-9]{1,3}\.[0-9]{3,}(?![0-9]*[ ]?(?:[°'′’]|deg))")
_ARCS = late(rf"(?:[NS][ ]?{_ARC}|{_ARC}[NS])|(?:[EWO][ ]?{_ARC}|{_ARC}[EWO])")


@lru_cache(maxsize=4096)
def says_place(field: str) -> bool:
    """Whether numbers in a field of this name may be degrees."""
    return _NAME.fullmatch(field) is not None


def _form(found: str) -> re.Pattern[str]:
    return _ARCS if "°" in found or " deg" in found else _NUMBER


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return _form(found).sub(lambda number: pseudonyms.token("GEO", number[0]), found)


def is_place(found: str) -> bool:
    """Nought is what programs have before they know where they are."""
    return any(part[0].strip("-+0.NSEWO°'\" ,") for part in _form(found).finditer(found))


detector(
    Detector(
        kind="coordinates",
        title="Place on a map",
        pattern=_PATTERN,
        stage=Stage.PERSONAL,
        rare=True,
        any_case=True,
        keywords=(
            'lat"', "lat\\", "lat=", "lat:", "lat'", "latitud", "longitud", "lng", "lon=", 'lon"', "breitengrad", "ngengrad", "coord", "koordinat", "gps", "$gpg", "geo:", "geo=", 'geo"', "geo_", "geop", "geol", "standort", "position=", "position:", 'position"', "location=", "location:", 'location"', "loc=", "center=", "/@", "point(", "point (", "point=",
            "origin=", "destination=", "addr=", "?ll=", "&ll=", "?q=", "&q=", "query=", "near=", "°", " deg ",
        ),
        gate=r"(?i:[a-z:@=(][\"'\\]{0,4}[ \t]{0,2}[:=]?[ \t]{0,2}[\"'\\(\[]{0,5}[-+]?[0-9]{1,3}\.[0-9]{3}(?:[^.]|$)|[0-9.][ ]?(?:°|deg[ ])|[0-9],[NS],[0-9])",
        validate=is_place,
        render=pseudonym,
        in_clear=True,
    )
)  # fmt: skip
