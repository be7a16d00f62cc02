"""Passwords and codes behind words of scripts other than Latin, where a run of Latin letters, digits and marks stands out.

`كلمة المرور X`, `סיסמה: X`, `पासवर्ड: X`, `验证码 440718`, `임시 비밀번호는 X`
"""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.told import groups, may_be_secret, told_secret

_PASSWORDS = (
    "كلمة المرور", "كلمة مرور", "كلمة السر", "كلمة سر", "الرقم السري", "رقم سري", "رمز عبور", "گذرواژه", "پاس ورڈ", "پاسورد", "סיסמ", "पासवर्ड", "कूटशब्द", "পাসওয়ার্ড", "கடவுச்சொல்", "పాస్‌వర్డ్", "પાસવર્ડ", "ਪਾਸਵਰਡ", "രഹസ്യവാക്ക്", "ಪಾಸ್‌ವರ್ಡ್", "मुद्रांक",
    "รหัสผ่าน", "ពាក្យសម្ងាត់", "လျှို့ဝှက်", "ລະຫັດຜ່ານ", "пароль", "пароля", "паролем", "пароле", "парола", "лозинка", "құпиясөз", "нууц үг", "κωδικό", "συνθηματικό", "პაროლ", "գաղտնաբառ", "密码", "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "비번", "암호", "የይለፍ ቃል",
)  # fmt: skip
_CODES = (
    "رمز التحقق", "رمز التأكيد", "رمز تحقق", "كود التحقق", "كد تایید", "کد تأیید", "کد تایید", "קוד אימות", "קוד חד", "קוד האימות", "ओटीपी", "सत्यापन कोड", "पिन", "ওটিপি", "OTP คือ", "รหัส OTP", "รหัสยืนยัน", "код подтверждения", "код из смс", "код из sms", "код доступа", "пин-код", "пинкод", "пін-код", "код підтвердження", "код за потвърждение",
    "κωδικός επαλήθευσης", "κωδικό επαλήθευσης", "验证码", "驗證碼", "校验码", "动态码", "認証コード", "確認コード", "인증번호", "인증 번호", "확인 코드", "핀번호",
)  # fmt: skip
#: Words of the same script that come between: `סיסמה שניסיתי: X`, `رمز التحقق الذي وصلني X`.
_BETWEEN = r"(?:[^\x00-\x7f]*(?:[ ][^\x00-\x7f]+){0,4})"
_MARK = r"[ \t]*(?:[:：=]|[-–—]|→)?[ \t]*[\"'“”„«»「『《`*]{0,3}"
_VALUE = r"[!-~][!-~à-öø-ÿ]{3,63}"
_CODE = r"[0-9]{3}[ -][0-9]{3}|[0-9]{4,8}"


def _either(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)).replace("\\ ", "[ ]").replace("\\-", "-")


_DIGITS = late(_CODE)
_FORM = late(
    rf"(?:{_either(_CODES)}){_BETWEEN}{_MARK}(?P<value1>{_CODE})$|(?:{_either(_PASSWORDS)}){_BETWEEN}{_MARK}(?P<value2>{_VALUE})$",
    re.IGNORECASE,
)
_NO_PASSWORD = late(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[a-z]+://.*|/.*|[A-Za-z_][\w.]*[=:].*|[A-Za-z][A-Za-z-]*|[A-Z]+-?[0-9]{1,6}|[0-9]{1,3}|[0-9]{1,3}[-~][0-9]{1,3}|v?[0-9]+(?:\.[0-9]+)+|(?:19|20)[0-9]{2}[-/.][0-9]{1,2}.*|[A-Za-z]+/[A-Za-z/]+|(?:wi-?fi|sha|md|base|utf|aes|oauth|saml|tls|ios|android|windows)-?[0-9.]*",
    re.IGNORECASE,
)


def places(found: str) -> list[tuple[int, int]]:
    at = groups(_FORM.match(found))
    if not at:
        return []
    start, stop = at[0]
    value = found[start:stop].rstrip(".,;:?)]}\"'`*<")
    if _DIGITS.fullmatch(value):
        return [(start, start + len(value))]
    sure = may_be_secret(value) and _NO_PASSWORD.fullmatch(value) is None
    return [(start, start + len(value))] if sure else []


told_secret(
    "other_scripts",
    "Password or code behind words of another script",
    rf"(?i:(?:{_either(_CODES)}){_BETWEEN}{_MARK}(?:{_CODE})|(?:{_either(_PASSWORDS)}){_BETWEEN}{_MARK}{_VALUE})".replace("[!-~à-öø-ÿ]{3,63}", "[!-~à-öø-ÿ]{3,}"),
    places,
    stage=Stage.PAIR,
    keywords=(*_PASSWORDS, *_CODES, *(word.capitalize() for word in (*_PASSWORDS, *_CODES) if word.capitalize() != word)),
)  # fmt: skip
