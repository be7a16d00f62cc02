"""Words in the names of companies and of mailboxes that many people read, which are nobody's name."""

# ruff: noqa: E501 - lists are read whole

#: What the name of a company ends with; many of them are family names too.
OF_COMPANIES = frozenset(
    (
        "corporation", "limited", "holding", "holdings", "industries", "industry", "solutions", "technologies", "technology", "software", "consulting", "logistics", "partners", "traders", "trading",
        "enterprises", "ventures", "labs", "laboratories", "institute", "university", "association", "agency", "bank", "insurance", "airlines", "telecom", "electronics", "pharma", "pharmaceuticals", "plc", "kg", "bv", "sa", "sl", "sas", "sarl", "aps", "asa", "oyj", "ltda", "lda", "kft", "zrt", "nyrt", "sro", "s.r.o", "doo", "d.o.o", "bvba", "vof", "ohg", "kgaa", "ug", "e.v", "ev", "pty", "pte", "bhd", "ooo", "jsc", "s.a", "s.l", "llp", "cie", "as", "se", "s.p.a", "s.r.l", "eg", "mbh", "nv", "srl", "spa", "oy", "ab",
    )
)  # fmt: skip
_OPENS = """
zakład zakłady firma przedsiębiorstwo kancelaria hurtownia brouwerij bakkerij slagerij garage autobedrijf talleres bodegas panadería ferretería transportes construcciones viñedos clínica hotel hostal fonderie boulangerie pharmacie imprimerie clinique cabinet atelier ateliers établissements ets société officine officina panificio farmacia trattoria ristorante cantina cantine azienda studio bäckerei metzgerei apotheke praxis klinik gasthof brauerei spedition verlag druckerei autohaus tischlerei schreinerei stadtwerke gemeinde universität university institut clínicas oficina padaria construtora supermercado ayuntamiento comune mairie restaurant café cafe bistro pizzeria museum stiftung fundación fondation fondazione cooperativa coop verein
"""
#: What the name of a workshop, a house or an office begins with.
OPENS_COMPANY = frozenset(_OPENS.split())
_FUNCTIONS = frozenset(
    ("support", "desk", "help", "helpdesk", "sales", "billing", "team", "service", "services", "customer", "admin", "administrator", "operations", "noreply", "no-reply", "notifications", "notification", "alerts", "alert", "security", "accounts", "accounting", "info", "office", "hr", "it", "kundenservice", "kundendienst", "buchhaltung", "vertrieb", "monitoring", "system", "newsletter", "jobs", "careers", "press", "reception", "orders", "mailer-daemon", "postmaster")
)  # fmt: skip


def is_function(word: str) -> bool:
    """Whether a word of a mailbox's name says what it is for: “Support Desk”."""
    return word.strip(".").lower() in _FUNCTIONS
