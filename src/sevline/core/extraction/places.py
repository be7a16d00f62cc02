"""Time zones as people name them after a time: “Hamburg time”, “(Berlin)”, “Europe/Berlin”, “deutscher Zeit”.

Countries with several zones are not here: they are asked back, like an abbreviation with several meanings.
"""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OF = {
    "Europe/Berlin": "Berlin Hamburg Munich München Cologne Köln Frankfurt Stuttgart Düsseldorf Dusseldorf"
    " Leipzig Dresden Hannover Hanover Bremen Nuremberg Nürnberg Germany Deutschland German deutscher",
    "Europe/Vienna": "Vienna Wien Graz Linz Salzburg Austria Österreich Austrian",
    "Europe/Zurich": "Zurich Zürich Geneva Genf Basel Bern Switzerland Schweiz Swiss Schweizer",
    "Europe/Amsterdam": "Amsterdam Rotterdam Utrecht Eindhoven Netherlands Dutch",
    "Europe/Brussels": "Brussels Brüssel Antwerp Ghent Belgium Belgian",
    "Europe/Paris": "Paris Lyon Marseille Toulouse Lille France French",
    "Europe/London": "London Manchester Birmingham Leeds Edinburgh Glasgow UK Britain England British",
    "Europe/Dublin": "Dublin Cork Ireland Irish",
    "Europe/Madrid": "Madrid Barcelona Valencia Seville Spanish",
    "Europe/Lisbon": "Lisbon Lissabon Porto",
    "Europe/Rome": "Rome Rom Milan Mailand Turin Naples Italy Italian",
    "Europe/Copenhagen": "Copenhagen Kopenhagen Aarhus Denmark Danish",
    "Europe/Stockholm": "Stockholm Gothenburg Malmö Sweden Swedish",
    "Europe/Oslo": "Oslo Bergen Norway Norwegian",
    "Europe/Helsinki": "Helsinki Espoo Tampere Finland Finnish",
    "Europe/Warsaw": "Warsaw Warschau Krakow Kraków Wroclaw Gdansk Poland Polish",
    "Europe/Prague": "Prague Prag Brno Czechia Czech",
    "Europe/Budapest": "Budapest Hungary",
    "Europe/Bucharest": "Bucharest Cluj Romania",
    "Europe/Sofia": "Sofia Bulgaria",
    "Europe/Athens": "Athens Greece Greek",
    "Europe/Istanbul": "Istanbul Ankara Turkey Turkish",
    "Europe/Kyiv": "Kyiv Kiev Ukraine",
    "Asia/Jerusalem": "Jerusalem Israel",
    "Asia/Dubai": "Dubai",
    "Asia/Kolkata": "Mumbai Delhi Bangalore Bengaluru Hyderabad Chennai Pune Kolkata India Indian",
    "Asia/Singapore": "Singapore",
    "Asia/Hong_Kong": "Hongkong",
    "Asia/Shanghai": "Shanghai Beijing Shenzhen China Chinese",
    "Asia/Tokyo": "Tokyo Osaka Japan Japanese",
    "Asia/Seoul": "Seoul Korea Korean",
    "Asia/Manila": "Manila Philippines",
    "Australia/Sydney": "Sydney Canberra",
    "Australia/Melbourne": "Melbourne",
    "Australia/Brisbane": "Brisbane",
    "Australia/Perth": "Perth",
    "Pacific/Auckland": "Auckland Wellington",
    "America/New_York": "Boston Washington Atlanta Philadelphia Miami",
    "America/Toronto": "Toronto Ottawa Montreal",
    "America/Chicago": "Chicago Dallas Houston Austin",
    "America/Denver": "Denver",
    "America/Phoenix": "Phoenix",
    "America/Los_Angeles": "Seattle Oakland",
    "America/Sao_Paulo": "Brasilia",
    "America/Bogota": "Bogota Bogotá",
    "Africa/Johannesburg": "Johannesburg",
    "Africa/Nairobi": "Nairobi Kenya",
    "Africa/Lagos": "Lagos Nigeria",
    "Africa/Cairo": "Cairo",
}
_LONG = {
    "New York": "America/New_York",
    "San Francisco": "America/Los_Angeles",
    "Los Angeles": "America/Los_Angeles",
    "São Paulo": "America/Sao_Paulo",
    "Sao Paulo": "America/Sao_Paulo",
    "Hong Kong": "Asia/Hong_Kong",
    "Tel Aviv": "Asia/Jerusalem",
    "Cape Town": "Africa/Johannesburg",
}
_ZONE_OF = {name.casefold(): zone for zone, names in _OF.items() for name in names.split()} | {
    name.casefold(): zone for name, zone in _LONG.items()
}
_NAMES = "|".join(sorted(map(re.escape, _ZONE_OF), key=len, reverse=True))
_KEY = r"(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z][A-Za-z_]{2,30}"
_TIME = r"(?:[- ]local)?[- ](?:time|Zeit|Ortszeit)\b"
_BETWEEN = r"[ ]?(?:Uhr|h)?[ ]?(?:today|yesterday|this morning|this afternoon|on \w+|heute|gestern)?[ ,]*"
_AFTER = re.compile(
    rf"{_BETWEEN}(?:\((?:in[ ])?(?P<key>{_KEY})|(?P<plain>{_KEY})|\(?(?:in[ ])?(?P<timed>{_NAMES})(?:er)?{_TIME}"
    rf"|\((?:(?:our|local)[ ](?:local[ ])?time|unsere[r]?[ ]Zeit|Ortszeit)(?:,|[ ]in)?[ ](?P<ours>{_NAMES})[,)]"
    rf"|\((?:in[ ])?(?P<bracketed>{_NAMES})[,)]|in[ ](?P<inside>{_NAMES})\b)",
    re.IGNORECASE,
)


def zone_after(text: str, end: int) -> tuple[ZoneInfo, str] | None:
    """The zone of the place that is named right after a time that ends there, and the name as it is written."""
    match = _AFTER.match(text, end, min(len(text), end + 80))
    if match is None:
        return None
    written = next(part for part in match.groups() if part)
    try:
        return ZoneInfo(_ZONE_OF.get(written.casefold(), written)), written
    except (ZoneInfoNotFoundError, ValueError):
        return None
