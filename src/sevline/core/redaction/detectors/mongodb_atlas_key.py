"""MongoDB Atlas service account secret."""

from sevline.core.redaction.detector import token_format

token_format(
    "mongodb_atlas_key",
    "MongoDB Atlas service account secret",
    r"mdb_sa_sk_[A-Za-z0-9_-]{40}",
    keywords=("mdb_sa_",),
)
