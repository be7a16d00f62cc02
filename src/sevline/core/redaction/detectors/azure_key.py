"""Azure key with its mark inside."""

from sevline.core.redaction.detector import token_format

token_format(
    "azure_key",
    "Azure key with its mark inside",
    r"[A-Za-z0-9+/]{70,86}(?:APIM|ACDb|\+(?:ABa|AMC|ASt))[A-Za-z0-9+/]{5}[AQgw]"
    r"|[A-Za-z0-9+/]{28,36}(?:AIoT|\+(?:ASb|AEh|ARm))[A-Za-z0-9+/]{5}[A-Za-z0-9]"
    r"|[A-Za-z0-9_-]{40,48}AzFu[A-Za-z0-9_-]{5}[AQgw]"
    r"|[A-Za-z0-9]{38,46}AzSe[A-D][A-Za-z0-9]{5}"
    r"|[A-Za-z0-9+/]{38,46}\+ACR[A-D][A-Za-z0-9+/]{5}"
    r"|[A-Za-z0-9]{30,36}AzCa[A-P][A-Za-z0-9]{5}"
    r"|[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{18}A[A-Za-z0-9]{3,8}",
    # The mark and what has to follow it: in a long run of base64 a mark alone stands by chance.
    gate=r"(?:APIM|ACDb|\+(?:ABa|AMC|ASt))[A-Za-z0-9+/]{5}[AQgw]=|(?:AIoT|\+(?:ASb|AEh|ARm))[A-Za-z0-9+/]{5}[A-Za-z0-9]="
    r"|AzFu[A-Za-z0-9_-]{5}[AQgw]=|(?:AzSe|\+ACR)[A-D][A-Za-z0-9+/]{5}|AzCa[A-P][A-Za-z0-9]{5}=|JQQJ99",
    keywords=(
        "APIM",
        "ACDb",
        "+ABa",
        "+AMC",
        "+ASt",
        "AIoT",
        "+ASb",
        "+AEh",
        "+ARm",
        "AzFu",
        "AzSe",
        "+ACR",
        "AzCa",
        "JQQJ99",
    ),
)
