"""All faults."""

from tests.signon.content import METADATA, SIGNING, SUBJECTS
from tests.signon.message import ADDRESS, ENVELOPE, TIME

FAULTS = (*ENVELOPE, *ADDRESS, *TIME, *SIGNING, *SUBJECTS, *METADATA)
