"""JSON Web Tokens and encrypted ones: three or five base64url parts, the first a JSON object."""

from sevline.core.redaction.detector import Detector, Stage, detector

detector(
    Detector(
        kind="jwt",
        title="JSON Web Token",
        pattern=r"(?-u:\b)(?:eyJ|ewog|eyAi)[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*){1,3}",
        stage=Stage.VENDOR,
        keywords=("eyJ", "ewog", "eyAi"),
    )
)
