"""What can tell when a fault began: the first error of a log, the step in a series of metrics or in durations."""

from sevline.core.finding import Given


class OnsetTold(Given):
    __slots__ = ()
    what = "a log with times"
    how = "Attach the log from ten minutes before to ten minutes after the fault, as it was written."
