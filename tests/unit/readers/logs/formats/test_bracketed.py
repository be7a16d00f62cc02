from sevline.core.readers.logs import FORMATS
from sevline.core.readers.logs.reading import read_log

parse = FORMATS["bracketed"].reader(None)


def test_the_word_in_brackets_is_the_level() -> None:
    found = parse(b"[WARNING] No files matching import glob pattern: /etc/conf/*.override")

    assert found is not None
    assert (found.level, found.message[:8]) == ("WARN", b"No files")


def test_another_word_in_brackets_is_a_part_of_the_message() -> None:
    assert parse(b"[cache] warmed up") is None
    assert parse(b"[INFO]") is None


def test_a_log_of_such_lines_is_read_with_their_levels() -> None:
    reading = read_log([b"[INFO] plugin reloads\n[WARNING] no files match\nGNS-1.9.3\n[ERROR] plugin failed\n"])

    assert [record.level for record in reading.records] == ["INFO", "WARN", None, "ERROR"]
