"""Vercel Blob token."""

from sevline.core.redaction.detector import token_format

token_format(
    "vercel_blob_token",
    "Vercel Blob token",
    r"vercel_blob_rw_[A-Za-z0-9]{16}_[A-Za-z0-9]{30}",
    keywords=("vercel_blob_",),
)
