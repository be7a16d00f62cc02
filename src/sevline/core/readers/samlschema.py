"""The order and number of elements that the SAML 2.0 schemas allow, as far as no other check asks for them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sevline.core.readers.saml import A, D, P

if TYPE_CHECKING:
    from lxml.etree import _Element

STATEMENTS = (f"{A}AuthnStatement", f"{A}AttributeStatement", f"{A}AuthzDecisionStatement", f"{A}Statement")
ASSERTIONS = (f"{A}Assertion", f"{A}EncryptedAssertion")
NAMES = (f"{A}NameID", f"{A}BaseID", f"{A}EncryptedID")


@dataclass(frozen=True, slots=True)
class Rule:
    """`children` in their order, those that may stand in one place together; `most` how often a tag may occur."""

    children: tuple[tuple[str, ...], ...]
    attributes: tuple[str, ...] = ()
    most: Mapping[str, int] | None = None
    least: tuple[str, ...] = ()


RULES = {
    f"{P}Response": Rule(
        ((f"{A}Issuer",), (f"{D}Signature",), (f"{P}Extensions",), (f"{P}Status",), ASSERTIONS),
        ("IssueInstant",),
        {f"{P}Status": 1, f"{P}Extensions": 1},
    ),
    f"{P}Status": Rule(((f"{P}StatusCode",), (f"{P}StatusMessage",), (f"{P}StatusDetail",)), (), {f"{P}StatusCode": 1}),
    f"{A}Assertion": Rule(
        ((f"{A}Issuer",), (f"{D}Signature",), (f"{A}Subject",), (f"{A}Conditions",), (f"{A}Advice",), STATEMENTS),
        ("IssueInstant", "Version"),
        {f"{A}Subject": 1, f"{A}Conditions": 1, f"{A}Advice": 1},
    ),
    f"{A}Subject": Rule((NAMES, (f"{A}SubjectConfirmation",)), (), dict.fromkeys(NAMES, 1)),
    f"{A}SubjectConfirmation": Rule(
        (NAMES, (f"{A}SubjectConfirmationData",)), ("Method",), {f"{A}SubjectConfirmationData": 1}
    ),
    f"{A}Conditions": Rule(
        ((f"{A}AudienceRestriction", f"{A}OneTimeUse", f"{A}ProxyRestriction", f"{A}Condition"),),
        (),
        {f"{A}OneTimeUse": 1, f"{A}ProxyRestriction": 1},
    ),
    f"{A}AuthnStatement": Rule(
        ((f"{A}SubjectLocality",), (f"{A}AuthnContext",)),
        ("AuthnInstant",),
        {f"{A}AuthnContext": 1},
        (f"{A}AuthnContext",),
    ),
    f"{A}AttributeStatement": Rule(
        ((f"{A}Attribute", f"{A}EncryptedAttribute"),), (), None, (f"{A}Attribute", f"{A}EncryptedAttribute")
    ),
    f"{A}Attribute": Rule(((f"{A}AttributeValue",),), ("Name",)),
}


@dataclass(frozen=True, slots=True)
class Breach:
    element: "_Element"
    observed: str
    expected: str


def breaches(root: "_Element") -> Iterator[Breach]:
    """Where a response leaves the schema, outermost element first."""
    for element in root.iter(*RULES):
        rule = RULES[str(element.tag)]
        for name in rule.attributes:
            if element.get(name) is None:
                yield Breach(element, f"{_name(element)} without {name}", name)
        yield from _children(element, rule)


def _children(element: "_Element", rule: Rule) -> Iterator[Breach]:
    children = [child for child in element if isinstance(child.tag, str)]
    yield from _misplaced(element, children, rule)
    counts = Counter(str(child.tag) for child in children)
    for tag, most in (rule.most or {}).items():
        if counts[tag] > most:
            yield Breach(element, f"{counts[tag]} {tag.rpartition('}')[2]} in {_name(element)}", f"at most {most}")
    if rule.least and not any(counts[tag] for tag in rule.least):
        yield Breach(element, f"{_name(element)} without {rule.least[0].rpartition('}')[2]}", "one at least")


def _misplaced(element: "_Element", children: "list[_Element]", rule: Rule) -> Iterator[Breach]:
    rank = {tag: place for place, tags in enumerate(rule.children) for tag in tags}
    last = 0
    for child in children:
        place = rank.get(str(child.tag))
        if place is None:
            yield Breach(child, f"{_name(child)} inside {_name(element)}", "an element that SAML allows there")
        elif place < last:
            yield Breach(child, f"{_name(child)} out of order in {_name(element)}", "the order of the schema")
        else:
            last = place


def _name(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]
