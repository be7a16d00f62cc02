"""Tables as database shells print them."""

from tests.unit.redaction.looking import REDACTOR, kept

KEY = "30fec1ca72ca4545" + "e0cec974"


def test_cells_under_a_column_that_says_so_go_and_the_table_keeps_its_lines() -> None:
    table = (
        " id | first_name | api_key\n----+------------+---------\n"
        f"  1 | Greta      | {KEY}\n  2 | Hiroshi    | none\n(2 rows)"
    )

    redacted = REDACTOR.text(table).text

    assert "Greta" not in redacted
    assert "Hiroshi" not in redacted
    assert KEY not in redacted
    assert redacted.count("\n") == table.count("\n")
    assert redacted.startswith(" id | first_name | api_key\n----+")
    assert REDACTOR.text(redacted).text == redacted


def test_a_table_with_a_frame_is_read_too() -> None:
    masked = REDACTOR.text("+----+-------+\n| id | login |\n+----+-------+\n|  1 | greta |\n+----+-------+").text

    assert "greta" not in masked
    assert "| id | login |" in masked


def test_a_record_is_read_line_by_line() -> None:
    masked = REDACTOR.text(f"-[ RECORD 1 ]-+-----\nid      | 1\napi_key | {KEY}\nstatus  | active\n").text

    assert KEY not in masked
    assert "status  | active" in masked


def test_other_columns_stay() -> None:
    kept("table_cells", "\n name | status\n------+--------\n checkout-api | ok\n billing-api  | down\n")
