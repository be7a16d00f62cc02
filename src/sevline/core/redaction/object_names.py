"""Names of the objects in which Kubernetes keeps secrets: they are told in events and errors, and are no secrets."""

# ruff: noqa: E501 - forms are read whole

#: As the names of a subdomain are written, with the namespace before it.
_OBJECT = r"(?:[a-z0-9-]+/)?[a-z0-9][a-z0-9.-]*"
_QUOTED = rf"(?:\\*\"{_OBJECT}\\*\"|'{_OBJECT}')"
#: What is said of an object behind its name.
_BEHIND = (
    r"[ \t]+(?-u:\b)(?:not[ ]found|does(?:n['’]t|[ ]not)|is[ ]|was[ ]|were[ ]|has[ ]|have[ ]|already|exists?|created|deleted|updated|configured|unchanged|patched|labell?ed|annotated|replaced|edited"
    r"|synced|rotated|restored|mounted|could|cannot|can['’]t|must[ ]|failed|missing|forbidden|invalid|in[ ]|of[ ]type|referenced|required[ ]by|used[ ]by|from[ ]|for[ ]|to[ ]|contains|changed)"
)
#: What leads to its name: then it needs no quotation marks where its namespace stands before it.
_LED = r"(?:in|from|of|to|into|references?|referenced|existing|synced|mounts?|mounting|create|created|creating|delete|deleted|deleting|update|updated|updating|get|find|load|read|patch|fetch|reading|loading|fetching|unable|missing)[ \t]+(?:the[ ]|kind[ ])?secrets?[ \t]+"
#: A sentence that names such an object, for Rust; a search takes it whole, so that its name is no value of anything.
NAMED_OBJECT = rf"(?:(?-u:\b)secrets?[ \t]+{_QUOTED}{_BEHIND}|(?-u:\b){_LED}(?:{_QUOTED}|[a-z0-9-]+/[a-z0-9][a-z0-9.-]*)|(?-u:\b)secrets?[ \t]+[a-z0-9-]+/[a-z0-9][a-z0-9.-]*{_BEHIND})"
#: A label of a metric: `kube_secret_info{namespace="prod",secret="smtp"} 1`.
LABEL_OF_METRIC = (
    rf"(?m:^)[a-z_:]+\{{(?:[a-z_]+=\"[^\"\r\n]*\",)*secret=\"{_OBJECT}\"(?:,[a-z_]+=\"[^\"\r\n]*\")*,?\}}[ ]"
)
