"""GitLab token."""

from sevline.core.redaction.detector import token_format

token_format(
    "gitlab_token",
    "GitLab token",
    r"gl(?:pat|dt|rt|ft|soat|agent|oas|cbt|ptt|imt|ffct)-[A-Za-z0-9_=.-]{20,300}",
    keywords=(
        "glpat-",
        "gldt-",
        "glrt-",
        "glft-",
        "glsoat-",
        "glagent-",
        "gloas-",
        "glcbt-",
        "glptt-",
        "glimt-",
        "glffct-",
    ),
)
