import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.reproduction.bundle import Contents, intact, manifest, packed
from sevline.core.reproduction.gate import ReproductionFacts, lacking
from sevline.core.reproduction.recipe import checked
from sevline.core.reproduction.request import RequestSpec
from sevline.core.reproduction.runs import (
    Expected,
    Outcome,
    Run,
    compared,
    counted,
    matrix,
    may_minimise,
    minimised,
    runs_needed,
    verified,
)

FAULT = Expected(frozenset({500, 503}), slower_than=5_000)


def test_k_of_n_runs_is_counted_by_status_and_by_time() -> None:
    outcomes = [Outcome(500, 20), Outcome(200, 9_000), Outcome(503, 20), Outcome(200, 30), Outcome(500, 20)]

    rate = counted(outcomes, FAULT)

    assert (rate.label, rate.enough) == ("4 of 5, 80 %", True)
    assert counted(outcomes[:2], FAULT).label == "2 of 2, not enough runs"


@pytest.mark.requirement("R-080")
def test_two_runs_in_which_browser_and_flag_differ_are_not_conclusive() -> None:
    one = Run({"browser": "Firefox", "flag": "on", "region": "eu"}, failed=True)
    two = Run({"browser": "Chrome", "flag": "off", "region": "eu"}, failed=False)

    answer = compared(one, two)

    assert answer.sentence == "2 variables changed — not conclusive"
    assert not answer.conclusive


def test_the_matrix_puts_pairs_that_differ_in_one_variable_first() -> None:
    runs = [
        Run({"flag": "on", "region": "eu"}, True),
        Run({"flag": "off", "region": "us"}, False),
        Run({"flag": "off", "region": "eu"}, False),
    ]

    first, second, third = matrix(runs)

    assert first.sentence == "flag “on” and “off”: the outcome differs"
    assert second.sentence == "region “us” and “eu”: the outcome is the same"
    assert third.sentence == "2 variables changed — not conclusive"
    assert (
        compared(runs[0], Run(runs[0].variables, False)).sentence
        == "nothing changed; the outcome differs, so it is intermittent"
    )


@pytest.mark.requirement("R-084")
def test_five_clean_runs_after_a_rate_of_20_percent_are_not_enough() -> None:
    assert verified(0.2, 0, 5).sentence == "not enough: need >=14 for 95%"
    assert not verified(0.2, 0, 13).verified
    assert verified(0.2, 0, 14).verified


def test_a_fix_is_verified_only_without_a_failure_and_after_five_runs_at_least() -> None:
    assert verified(0.2, 1, 30).sentence == "not verified: 1 of 30 runs still fail"
    assert [runs_needed(rate) for rate in (1.0, 0.9, 0.5, 0.2, 0.05)] == [5, 5, 5, 14, 59]
    with pytest.raises(Refused, match="between 0 and 1"):
        verified(0.0, 0, 5)


def test_headers_without_which_the_fault_does_not_show_are_kept_and_the_rest_is_dropped() -> None:
    spec = RequestSpec("GET", "https://api.example.com/", (("a", "1"), ("x-flag", "beta"), ("b", "2")))

    smallest = minimised(spec, lambda tried: ("x-flag", "beta") in tried.headers)

    assert smallest.spec.headers == (("x-flag", "beta"),)
    assert (smallest.needed, smallest.dropped, smallest.tries) == (("x-flag",), ("a", "b"), 4)
    with pytest.raises(Refused, match="does not show with the whole request"):
        minimised(spec, lambda _: False)


def test_a_write_is_not_repeated_against_a_real_host() -> None:
    may_minimise(RequestSpec("POST", "http://127.0.0.1/"), loopback=True)
    with pytest.raises(Refused, match="A POST may change data"):
        may_minimise(RequestSpec("POST", "https://api.example.com/"), loopback=False)


DIGEST = "@sha256:" + "ab" * 32
RECIPE = f"""# how to see the fault
services:
  db:
    image: postgres{DIGEST}
    environment:
      POSTGRES_PASSWORD: ${{DB_PASSWORD}}
      TZ: UTC
    volumes:
      - ./seed.sql:/docker-entrypoint-initdb.d/seed.sql
  app:
    image: example/app{DIGEST}
    command: ["serve", "--port", "8000"]
"""


def test_a_tag_that_is_not_pinned_draws_a_warning() -> None:
    assert checked(RECIPE).warnings == ()
    (warning,) = checked(RECIPE.replace(f"example/app{DIGEST}", "example/app:2.4")).warnings
    assert warning.startswith("The image of “app” is not pinned: “example/app:2.4”.")


@pytest.mark.parametrize(
    "change",
    [
        ("${DB_PASSWORD}", "hunter2-" + "correct"),
        ("      TZ: UTC\n", "      API_TOKEN: " + "abc9f8e7d6c5\n"),
        ("      TZ: UTC\n", "      DATABASE_URL: postgres://app:" + "s3cr3t@db/app\n"),
    ],
)
def test_a_secret_among_the_environment_variables_is_refused(change: tuple[str, str]) -> None:
    with pytest.raises(Refused, match="The recipe holds a secret in"):
        checked(RECIPE.replace(*change))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no “services”"),
        ("services:\n  app:\n    command: x\n", "Name an image for: app"),
        ("services:\n\tapp:\n", "indented with a tab"),
        ("x" * 100_001, "larger than 100 kB"),
    ],
)
def test_what_is_no_recipe_is_refused_with_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        checked(text)


CONTENTS = Contents(
    "SC-1042",
    {"b.har": b"{}", "a/trace.txt": b"x"},
    redactions={"email": 3},
    timeline=[("2026-03-02T09:01:00Z", "two"), ("2026-03-02T09:00:00Z", "one")],
)


def test_a_bundle_has_the_same_bytes_each_time_and_knows_its_files() -> None:
    whole = packed(CONTENTS)
    turned = replace(CONTENTS, files=dict(sorted(CONTENTS.files.items(), reverse=True)))

    assert whole == packed(turned)
    assert intact(whole) == ()
    assert [entry["name"] for entry in manifest(CONTENTS)["files"]] == ["a/trace.txt", "b.har"]
    assert manifest(CONTENTS)["timeline"][0] == ["2026-03-02T09:00:00Z", "one"]


def test_a_bundle_whose_file_was_changed_says_so() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed(CONTENTS))) as whole, zipfile.ZipFile(other, "w") as changed:
        changed.writestr("MANIFEST.json", whole.read("MANIFEST.json"))
        changed.writestr("b.har", b"[]")
        changed.writestr("extra", b"")

    assert intact(other.getvalue()) == (
        "“a/trace.txt” is missing.",
        "“extra” is not in the manifest.",
        "“b.har” was changed.",
    )


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "MANIFEST.json", "", "a\\b"])
def test_a_name_that_leads_out_of_the_bundle_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="is no name for a file in a bundle"):
        packed(Contents("SC-1", {name: b"x"}))


FACTS = ReproductionFacts(
    ("Open the list", "Choose page 2"),
    "The list",
    "An error",
    (datetime(2026, 3, 2, 9, tzinfo=UTC),),
    "req-1",
    "2.4.1",
    "41 tenants",
    ("Another browser",),
    ("A cache",),
)


def test_the_gate_names_everything_that_a_reproduction_lacks() -> None:
    assert lacking(FACTS) == ()
    assert len(lacking(ReproductionFacts())) == 9
    crowded = ReproductionFacts(("Open the list and then delete it",))
    assert any(sentence.startswith("Split “Open the list and then delete it”") for sentence in lacking(crowded))
