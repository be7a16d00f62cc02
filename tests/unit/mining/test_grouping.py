"""Grouping: statements written down first, then lines made from them, then the groups compared."""

import random
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.grouping import group
from sevline.core.mining.scan import WORD
from sevline.core.mining.vocabulary import number as numbered

if TYPE_CHECKING:
    from numpy.typing import NDArray

STATEMENTS = (
    "connection from {w} closed by peer",
    "connection to cart opened",
    "session for user {w} could not be stored in table sessions",
    "worker stopped after signal",
    "cache entry {w} evicted because the limit was reached",
)
WORDS = [f"{a}{b}{c}" for a in ("ba", "do", "ki", "lu") for b in ("ra", "mo", "ti") for c in ("n", "s")]


def made() -> dict[bytes, int]:
    return {text.format(w=word).encode(): number for number, text in enumerate(STATEMENTS) for word in WORDS}


def test_lines_of_one_statement_are_one_group_and_statements_stay_apart() -> None:
    truth = made()
    found = group(truth).group_of

    pairs = {(truth[shape], found[shape]) for shape in truth}
    assert len(pairs) == len(STATEMENTS)
    assert len({number for _, number in pairs}) == len(STATEMENTS)


def test_success_and_failure_stay_apart() -> None:
    found = group([b"login of user accepted by gate", b"login of user refused by gate"])

    assert len(found.templates) == 2


def test_the_order_of_the_shapes_does_not_matter() -> None:
    shapes = list(made())
    random.Random(7).shuffle(shapes)

    assert group(shapes) == group(sorted(shapes))


def test_free_text_after_a_statement_is_one_variable() -> None:
    size = len(WORDS)
    tails = [
        " ".join(["query failed with reason", *(WORDS[(start + step * start) % size] for step in range(1 + start % 4))])
        for start in range(1, size)
    ]
    found = group(tail.encode() for tail in tails)

    assert found.templates == ("query failed with reason <*>",)


def test_a_few_sentences_behind_little_are_statements_and_not_free_text() -> None:
    sentences = (b"ignore list /a", b"JSON settings file: /a", b"plugin 'x' from /a", b"'y' relative to /a")
    statements = group(b"array-factory loading " + text for text in sentences)
    values = group(b"array-factory loading " + text for text in (*sentences[:3], b"/a"))

    assert (len(statements.templates), values.templates) == (4, ("array-factory loading <*>",))


def test_no_shapes_make_no_groups() -> None:
    assert group([]).templates == ()


def test_a_shape_without_a_word_is_a_variable() -> None:
    assert group([b"0", b"/a/b 0", b""]).templates == ("<*>",)


def test_without_a_word_the_signs_between_the_values_tell_statements_apart() -> None:
    found = group([b"0: 0", b"0: 0, 0", b"0 => 0", b"'a' => [0]", b"0 (0)", b"0 (0, (0))", b"-----", b"---------"])

    assert set(found.templates) == {"<*> : <*>", "<*> => <*>", "<*> => [ <*> ]", "<*> ( <*> )", "---"}


def test_a_long_message_of_signs_alone_is_a_variable() -> None:
    assert group([b"('" * 1000]).templates == ("<*>",)


def test_values_that_are_set_in_many_ways_are_free_text() -> None:
    signs = (b"+", b"-", b"=", b"~", b"*", b"|", b"^", b"%", b"&", b"!")
    found = group(b"0 " + sign + b" 0" for sign in signs)

    assert found.templates == ("<*>",)


def test_statements_of_several_programs_that_begin_alike_stay_apart() -> None:
    told = (
        "Failed to open the database", "Failed to connect to broker", "Failed to parse configuration",
        "Failed to read header", "Failed to release lock", "Failed to start worker", "Failed to resolve host",
        "Failed to write index",
    )  # fmt: skip

    assert len(group(text.encode() for text in told).templates) == len(told)


def test_texts_behind_the_names_of_parts_stay_apart() -> None:
    told = ("file skipped", "file picked", "size reached", "run started", "size missed", "level chosen", "trivial move")

    assert len(group(f"[default] Universal: {text}".encode() for text in told).templates) == len(told)


def test_free_text_behind_the_one_label_among_many_sentences_is_one_variable() -> None:
    said = (b"{a=0} took 0", b"'x' from /a", b"read-all", b"/a/b to 0", b"all of 0 kept")
    labelled = [b"request: " + text for text in said]
    others = [f"{one} {other} has ended".encode() for one, other in zip(WORDS, WORDS[7:], strict=False)]
    few = group([*labelled, *others, *(text + b" at last" for text in others), *(text + b" twice" for text in others)])
    alone = group(labelled)

    assert ("request: <*>" in few.templates, "request: <*>" in alone.templates) == (True, False)


def test_a_label_and_two_words_behind_it_are_no_free_text() -> None:
    labelled = [b"request: {a=0} took 0", b"request: all of 0 kept", b"request: none of 0 kept"]
    others = [f"{one} {other} has ended".encode() for one, other in zip(WORDS, WORDS[7:], strict=False)]

    assert "request: <*>" not in group([*labelled, *others]).templates


def test_two_sentences_that_go_on_with_a_word_and_a_name_are_two() -> None:
    found = group(
        [b"chosen way does not work or wrong. Ask for help", b"chosen way does not work or wrong.Ask for help"]
    )

    assert len(found.templates) == 2


def test_a_field_in_square_brackets_tells_statements_apart() -> None:
    fields = group([b"[path=/a][size=0]", b"[path=/a][offset=0]", b"[path=/b][size=0]"])
    parts = group([b"[CLIENT:0] Deleting", b"[SERVER:0] Deleting", b"[0] Deleting"])

    assert set(fields.templates) == {"path= <*> size= <*>", "path= <*> offset= <*>"}
    assert set(parts.templates) == {"CLIENT: <*> Deleting", "SERVER: <*> Deleting", "<*> Deleting"}


def test_numbers_in_a_row_are_as_many_each_time_that_a_statement_prints_them() -> None:
    rows = group([b"found a task 0 0 0 0", b"found a task (nil) 0 abcdefab 0 0 0", b"0 0 0", b"0 0 0 0"])

    assert set(rows.templates) == {
        "found a task <*> <*> <*> <*>", "found a task <*> <*> <*> <*> <*> <*>", "<*> <*> <*>", "<*> <*> <*> <*>",
    }  # fmt: skip


def test_numbers_in_rows_of_many_lengths_or_of_few_numbers_are_a_list() -> None:
    long = group(b"members" + b" 0" * count for count in range(3, 14))
    short = group([b"members 0 0", b"members 0 0 0", b"members 0 0 0 0"])

    assert (long.templates, short.templates) == (("members <*>",), ("members <*>",))


def test_two_names_in_mixed_case_are_enough_in_a_long_sentence() -> None:
    found = group([b"Thread 0 finished job doSave with result", b"Thread 0 finished job vshLoop with result"])

    assert found.templates == ("Thread <*> finished job <*> with result",)


def test_a_value_before_a_sentence_makes_it_another_one() -> None:
    found = group([b"could not read file /a", b"0 could not read file /a", b"could not read file /a: 0"])

    assert len(found.templates) == 2
    assert found.group_of[b"could not read file /a"] == found.group_of[b"could not read file /a: 0"]


def test_names_under_which_the_same_sentences_stand_are_no_loggers() -> None:
    sentences = [f"the {word} of the device was {word}ed 0 times" for word in WORDS[:12]]
    loggers = [f"I {name}\x1f{text}" for name, text in zip(WORDS, [*sentences, "stopped", "started"], strict=False)]
    sessions = [f"I {name}\x1f{text}" for name in WORDS[:3] for text in [*sentences, "stopped", "started"]]

    by_logger = group(text.encode() for text in [*loggers, f"I {WORDS[0]}\x1fstopped"])
    by_session = group(text.encode() for text in sessions)

    assert len({by_logger.group_of[shape] for shape in by_logger.group_of if shape.endswith(b"stopped")}) == 2
    assert len({by_session.group_of[shape] for shape in by_session.group_of if shape.endswith(b"stopped")}) == 1


def test_keys_in_another_order_make_no_other_group() -> None:
    found = group([b"pool resized for tenant size=0 max=0", b"pool resized for tenant max=0 size=0 wait=0"])

    assert len(found.templates) == 1


def test_a_method_is_a_value_but_where_a_request_begins_with_it() -> None:
    within = group([b"fetch GET /a", b"fetch POST /a"])
    leading = group([b"GET /a", b"POST /a"])

    assert (within.templates, len(leading.templates)) == (("fetch <*>",), 2)


def test_the_quoted_sentence_before_fields_is_the_message() -> None:
    found = group([b'"Pod started" pod="a/b" node="n"', b'"Pod stopped" pod="a/b" node="n"', b'"quoted" is all'])

    assert found.templates == ("Pod started pod= <*> node= <*>", "Pod stopped pod= <*> node= <*>", "<*> is all")


def test_the_name_of_a_function_is_text_and_that_of_an_object_is_part_of_its_value() -> None:
    calls = group([b"folder Open(0) took 0", b"folder Close(0) took 0"])
    objects = group([b"folder Event(id=0) took 0", b"folder Lease(id=0) took 0"])

    assert (len(calls.templates), len(objects.templates)) == (2, 1)


def test_units_and_reasons_behind_a_number_are_part_of_it() -> None:
    found = group([b"block of 0 KiB sent: HTTP 0 OK", b"block of 0 MiB sent: HTTP 0 Bad Gateway"])

    assert found.templates == ("block of <*> sent: HTTP <*>",)


def test_an_empty_value_behind_a_key_or_a_label_is_a_value() -> None:
    keys = group([b"walk: path=. depth=0", b"walk: path=0.txt depth=0", b"walk: path= depth=0"])
    labels = group([b"Request-URI : /", b"Request-URI : /a/b", b"Request-URI :"])

    assert (keys.templates, labels.templates) == (("walk: path= <*> depth= <*>",), ("Request-URI <*>",))


def test_words_in_brackets_are_part_of_the_sentence() -> None:
    found = group([b"table #0 started", b"table #0 (0 blob files) started", b"table #0 (/a/b) started"])

    assert found.templates == ("table <*> started", "table <*> blob files started")


def test_a_remark_in_brackets_at_the_end_is_a_value() -> None:
    found = group([b"probe failed (connection was refused)", b"probe failed (timed out)", b"probe failed (0)"])

    assert found.templates == ("probe failed <*>",)


def test_functions_that_log_the_same_words_stay_apart() -> None:
    told = [f"(stats) {name}: pointer 0" for name in ("clear_sum()", "clear_count()", "read_file(0)", "write_file(/a)")]

    assert len(group(text.encode() for text in told).templates) == len(told)


def test_a_value_that_was_cut_reaches_to_the_end() -> None:
    found = group([b"rows written [('a', 0, {'b': 0", b"rows written [0]", b'rows written "cut in the midd'])

    assert found.templates == ("rows written <*>",)


def test_a_name_beside_a_value_is_part_of_it_where_the_sentence_stands_without_it_too() -> None:
    names = group([b"running hook 0_closed", b"running hook app_started: mod_a:0_send", b"running tests 0"])
    words = group([b"running hook 0_closed", b"running hook 0_closed slowly"])

    assert (names.templates, len(words.templates)) == (("running hook <*>", "running tests <*>"), 2)


def test_the_name_of_a_function_or_in_mixed_case_beside_a_value_is_part_of_it_too() -> None:
    found = group([b"checking whether 0 is complete", b"checking whether Gone() is complete", b"sent Reply(a=0) to 0"])

    assert found.templates == ("checking whether <*> is complete", "sent <*> to <*>")


def test_the_same_few_words_in_several_sentences_are_kinds_of_one_thing() -> None:
    sentences = ("picking {} 0 of size 0 to pack", "skipping {} 0 of size 0 while busy", "moving {} 0 for want of room")
    kinds = group(text.format(kind).encode() for text in sentences for kind in ("file", "level"))
    once = group(sentences[0].format(kind).encode() for kind in ("file", "level"))

    assert (len(kinds.templates), len(once.templates)) == (3, 2)


def test_outcomes_stay_apart_in_however_many_sentences_they_are_told() -> None:
    sentences = ("write of 0 to the disk of tenant 0 {}", "check of the name of user 0 {}", "move of 0 to the end {}")
    outcomes = group(text.format(word).encode() for text in sentences for word in ("succeeded", "failed"))
    words = group(text.format(word).encode() for text in sentences for word in ("upstairs", "downstairs"))

    assert (len(outcomes.templates), len(words.templates)) == (6, 3)


def test_fields_of_http_behind_a_label_are_values() -> None:
    told = (
        b"fd:0 resp: Date: Thu, 0 Nov 0",
        b"fd:0 resp: Server: a/0",
        b"fd:0 resp: content-type: text/html",
        b"fd:0 resp:",
    )
    found = group([*told, b"fd:0 error: host: not known"])

    assert found.templates == ("fd: <*> error: host: not known", "fd: <*> resp: <*>")


def test_words_that_are_weighed_together_weigh_as_each_alone() -> None:
    text = "user failed: [core] getName( path= 10.0 IOError a:b ::x -- X OK. straße NAME) snake_case iPhone. <nil>"
    words = text.encode().split()
    alone = [numbered(word, *spans([word])) for word in words]

    together, _ = numbered(b" ".join(words), *spans(words))

    for column in ("weight", "constant", "telling", "label", "key", "tag", "name", "outcome"):
        assert getattr(together, column)[1:].tolist() == [
            value for one, _ in alone for value in getattr(one, column)[1:].tolist()
        ]


def spans(words: list[bytes]) -> "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]":
    ends = np.cumsum([len(word) + 1 for word in words]) - 1
    return ends - [len(word) for word in words], ends, np.full(len(words), WORD, np.int64)


def test_names_of_constants_tell_statements_apart_where_plain_capitals_are_values() -> None:
    parts = ("DATA", "CLOSE", "OPEN", "EOF", "REQUEST", "SUCCESS", "FAILURE", "WINDOW", "EXTENDED", "CONFIRM", "REPLY")
    named = {part: b"Inbound: CHANNEL_%s (r:0)" % part.encode() for part in parts}
    plain = {part: b"Outbound: %s (r:0)" % part.encode() for part in parts}

    found = group([*named.values(), *plain.values()]).group_of

    assert len({found[shape] for shape in named.values()}) == len(parts)
    assert len({found[shape] for shape in plain.values()}) == 1
