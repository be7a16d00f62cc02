"""What foreign files were taken for, where no standard fixes their form."""

from sevline.core.finding import Given


class ReadAs(Given):
    """Base of what says how a file was read, so that a person can object."""

    __slots__ = ()
    what = "a table of rows, such as a delivery log or an extract"
    how = "Export it as CSV with a line of column names."
