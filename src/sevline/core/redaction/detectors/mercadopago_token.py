"""Mercado Pago access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "mercadopago_token",
    "Mercado Pago access token",
    r"APP_USR-[0-9]{12,17}-[0-9]{6}-[0-9a-f]{32}(?:__[A-Z_]{1,8}__)?-[0-9]{5,12}",
    keywords=("APP_USR-",),
)
