"""GitLab token."""

from sevline.core.redaction.detector import token_format

token_format(
    "gitlab_token",
    "GitLab token",
    r"gl(?:pat|dt|rt|ft|soat|agent|oas|cbt|ptt|imt|ffct|wt)-[A-Za-z0-9_=.-]{20,300}|GR1348941[A-Za-z0-9_-]{20}",
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
        "glwt-",
        "GR1348941",
    ),
)
