"""Every setting of an installation, in one typed object.

Read from the environment (`SEVLINE_…`, which wins) and from a TOML file: the one that `SEVLINE_CONFIG` names,
else `sevline.toml` in the working directory. In production nothing secret is defaulted.
"""

import os
import secrets
import tomllib
from contextlib import suppress
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from sevline.core.lifecycle import Refused


class Mode(StrEnum):
    LOCAL = "local"
    PRODUCTION = "production"


class Options(BaseSettings):
    """Settings of one installation; each is documented in `docs/reference/settings.md`."""

    model_config = SettingsConfigDict(env_prefix="SEVLINE_", extra="forbid", validate_default=True)

    mode: Mode = Field(
        Mode.LOCAL, description="`local` makes missing keys itself; `production` refuses to start without them."
    )
    data_dir: Path = Field(
        Path("var"), description="Folder for the SQLite database, sealed files, keys and the audit head."
    )
    database_url: str = Field(
        "", description="`postgresql://user:password@host:port/name`; empty means SQLite in `data_dir`."
    )
    database_durability: str = Field("normal", pattern="^(normal|full)$", description="SQLite's `synchronous` setting.")
    secret_key: str = Field("", description="Signs sessions and links; at least 32 characters.")
    master_key_file: Path | None = Field(None, description="File with 64 hex digits that wraps every case key.")
    audit_key_file: Path | None = Field(None, description="File with 64 hex digits that keys the audit chain.")
    audit_head_file: Path | None = Field(
        None, description="Where the head of the audit chain is written, outside the database."
    )
    base_url: str = Field(
        "",
        description="Address that people type; passkeys and links are bound to it. "
        "Empty means `http://localhost` and the port.",
    )
    bind: str = Field("127.0.0.1", description="Address that the server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port that the server listens on.")
    threads: int = Field(4, ge=1, le=64, description="Requests that one server process answers at a time.")
    workers: int = Field(1, ge=1, le=32, description="Server processes.")
    embedded_worker: bool = Field(True, description="`sevline serve` also runs the background jobs.")
    trusted_proxy: bool = Field(
        False, description="Believe `X-Forwarded-Proto` and `X-Forwarded-For` of the proxy in front."
    )
    data_sources_file: Path | None = Field(
        None, description="TOML file of the databases that may be queried for a case, with their reviewed queries."
    )
    smtp_url: str = Field(
        "", description="`smtp://user:password@host:port` or `smtps://…`; empty means that no mail is sent."
    )
    mail_from: str = Field("sevline@localhost", description="Sender of the mails.")
    max_file_mb: int = Field(512, ge=1, description="Largest evidence file, in MB.")
    max_case_mb: int = Field(2048, ge=1, description="Largest sum of evidence of one case, in MB.")
    max_expanded_mb: int = Field(5120, ge=1, description="Largest sum that an archive may unpack to, in MB.")
    max_ratio: int = Field(100, ge=2, description="Largest ratio of unpacked to packed bytes of an archive.")
    parser_cpu_seconds: int = Field(120, ge=5, description="CPU time that the parser process may use for one file.")
    parser_memory_mb: int = Field(2048, ge=256, description="Memory that the parser process may use.")
    job_lease_seconds: int = Field(
        30, ge=1, description="A job whose worker is silent for so long is given to another."
    )
    public_hosts: str = Field(
        "",
        description="Hosts of yours that customers know, such as `api.example.com,status.example.com`, with commas "
        "between; messages to customers may name them.",
    )
    internal_domains: str = Field(
        "",
        description="Domains of yours whose hosts no customer may read of, such as `corp.example.com`, with commas "
        "between; a message to a customer that names one is kept back.",
    )
    sealed_original_days: int = Field(30, ge=1, description="Days for which sealed originals are kept.")
    evidence_months: int = Field(12, ge=1, description="Months for which redacted evidence is kept after it arrived.")
    audit_months: int = Field(
        0,
        ge=0,
        description="Months for which the audit trail is kept; 0 keeps it for good. Rows of cases that are not closed "
        "or on legal hold stay, and everything after them.",
    )
    upload_link_days: int = Field(7, ge=1, le=90, description="Days for which a customer's upload link works.")
    upload_link_files: int = Field(50, ge=1, le=1000, description="Most files that one upload link takes.")
    antivirus: str = Field(
        "",
        pattern="^(|command:.+|clamd:.+)$",
        description=(
            "Malware scanner for uploads: `clamd:/path/of/socket`, `clamd:host:port`, or `command:…` that reads a file "
            "from standard input and ends with 0 (clean) or 1 (infected). Empty means that nothing is scanned."
        ),
    )
    s3_bucket: str = Field("", description="Bucket of an S3-compatible store for sealed files; empty means `data_dir`.")
    s3_endpoint: str = Field("", description="Address of the S3-compatible store; empty means the provider's own.")
    s3_region: str = Field("", description="Region of the bucket, where the store asks for one.")
    s3_prefix: str = Field("", description="Folder inside the bucket under which everything is kept.")
    s3_access_key: str = Field("", description="Access key of the store; empty takes what the machine itself is given.")
    s3_secret_key: str = Field("", description="Secret key of the store.")
    probe_inside: str = Field(
        "",
        description=(
            "Networks that may be probed although they are private, such as `10.20.0.0/16`, with commas between; empty "
            "means none. Metadata services stay closed."
        ),
    )
    probe_ports: str = Field(
        "443,80,8443", pattern=r"^\d{1,5}(,\d{1,5})*$", description="Ports of targets that may be allowed for a case."
    )
    probe_resolvers: str = Field(
        "1.1.1.1,8.8.8.8,9.9.9.9",
        description="Name servers that a probe asks beside this machine's own, as `address` or `address:port`.",
    )
    probe_pause_ms: int = Field(500, ge=0, le=60_000, description="Milliseconds between two calls to one target.")
    probe_calls_hour: int = Field(300, ge=1, description="Most calls to targets that a case may make within an hour.")
    invitation_hours: int = Field(72, ge=1, description="Hours for which an invitation or a reset link works.")
    session_hours: int = Field(12, ge=1, description="Hours after which a session ends.")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="Least level that is logged.")

    @model_validator(mode="after")
    def names_its_address(self) -> Self:
        """Without an address of its own the installation is reached on this machine, at its port."""
        if not self.base_url:
            self.base_url = f"http://localhost:{self.port}"
        return self

    @field_validator("probe_inside")
    @classmethod
    def are_networks(cls, text: str) -> str:
        for one in filter(None, map(str.strip, text.split(","))):
            try:
                ip_network(one)
            except ValueError:
                raise ValueError(f"“{one}” is no network such as 10.20.0.0/16") from None
        return text

    @field_validator("database_url")
    @classmethod
    def is_postgresql(cls, url: str) -> str:
        """SQLite stands for an empty address only; anything else would silently be another, empty database."""
        if url and not url.startswith(("postgresql://", "postgres://")):
            raise ValueError("give postgresql://user:password@host:port/name, or leave it empty for SQLite")
        return _has_a_port(url)

    @field_validator("smtp_url")
    @classmethod
    def is_smtp(cls, url: str) -> str:
        if url and not url.startswith(("smtp://", "smtps://")):
            raise ValueError("give smtp://user:password@host:port or smtps://…, or leave it empty to send no mail")
        return _has_a_port(url)

    @field_validator("base_url")
    @classmethod
    def is_an_address(cls, url: str) -> str:
        return _has_a_port(url)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls, _settings_file())
        return init_settings, env_settings, toml

    @property
    def is_production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @property
    def keys_dir(self) -> Path:
        return self.data_dir / "keys"

    @property
    def audit_head(self) -> Path:
        return self.audit_head_file or self.data_dir / "audit" / "head.json"

    def sealed_files(self) -> dict[str, object]:
        """Django's storage for sealed files: a folder below `data_dir`, or a bucket."""
        if not self.s3_bucket:
            return {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {
                    "location": self.data_dir / "vault",
                    "file_permissions_mode": 0o600,
                    "directory_permissions_mode": 0o700,
                },
            }
        from boto3.s3.transfer import TransferConfig

        # One thread: what is sealed while it arrives is read in order, in the thread of the request.
        options: dict[str, object] = {
            "transfer_config": TransferConfig(use_threads=False),
            "bucket_name": self.s3_bucket,
            "location": self.s3_prefix,
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
            "signature_version": "s3v4",
            "addressing_style": "path" if self.s3_endpoint else "auto",
        }
        optional = {
            "endpoint_url": self.s3_endpoint,
            "region_name": self.s3_region,
            "access_key": self.s3_access_key,
            "secret_key": self.s3_secret_key,
        }
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": options | {name: value for name, value in optional.items() if value},
        }

    def signing_key(self) -> str:
        return self.secret_key or self._made("signing.key").hex()

    def master_key(self) -> bytes:
        return _key_from(self.master_key_file) if self.master_key_file else self._made("master.key")

    def audit_key(self) -> bytes:
        return _key_from(self.audit_key_file) if self.audit_key_file else self._made("audit.key")

    def _made(self, name: str) -> bytes:
        """A key of this installation, made at first use; never in production."""
        path = self.keys_dir / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_new(path, secrets.token_hex(32))
        return _key_from(path)

    def missing_in_production(self) -> tuple[str, ...]:
        """Sentences that say what production mode still needs; empty when it may start."""
        missing = []
        if len(self.secret_key) < 32:
            missing.append("SEVLINE_SECRET_KEY is missing or shorter than 32 characters.")
        if self.master_key_file is None:
            missing.append(
                "SEVLINE_MASTER_KEY_FILE is missing: name a file with 64 hex digits and keep a copy of it elsewhere."
            )
        if self.audit_key_file is None:
            missing.append("SEVLINE_AUDIT_KEY_FILE is missing: name a file with 64 hex digits.")
        if not self.base_url.startswith("https://"):
            missing.append("SEVLINE_BASE_URL must be the https address that people use.")
        return tuple(missing)


def load() -> Options:
    """The options of this process; Refused says in sentences what is wrong or missing."""
    file = _settings_file()
    if os.environ.get("SEVLINE_CONFIG") and not file.is_file():
        raise Refused(f"SEVLINE_CONFIG names {file}, and there is no such file. Correct it, or unset the variable.")
    try:
        options = Options()
    except ValidationError as error:
        raise Refused(*(_sentence(problem) for problem in error.errors())) from None
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"The settings file {file} is not TOML: {error}.") from None
    except UnicodeDecodeError:
        raise Refused(f"The settings file {file} is not UTF-8. Save it in UTF-8, as TOML demands.") from None
    except OSError as error:
        raise Refused(f"The settings file {file} cannot be read: {error.strerror}.") from None
    if options.is_production and (missing := options.missing_in_production()):
        raise Refused(*missing)
    return options


def _settings_file() -> Path:
    return Path(os.environ.get("SEVLINE_CONFIG") or "sevline.toml")


def _has_a_port(url: str) -> str:
    """The address again, whose port, where it names one, can be one. What is said of it shows no password."""
    try:
        port = urlsplit(url).port
    except ValueError:
        raise ValueError("its host or port cannot be read; a port is a number up to 65535") from None
    if port == 0:
        raise ValueError("its port is 0, which nothing listens on")
    return url


def _sentence(problem: object) -> str:
    assert isinstance(problem, dict)  # noqa: S101 - pydantic's own type is a TypedDict
    name = "_".join(str(part) for part in problem["loc"]).upper()
    return f"The setting SEVLINE_{name} is not usable: {problem['msg'].removeprefix('Value error, ')}."


def write_new(path: Path, text: str) -> None:
    """Create the file for its owner only; another process that was quicker wins. Nobody sees it before it is whole."""
    begun = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_exclusively(begun, text)
        with suppress(FileExistsError):
            _put_in_place(begun, path, text)
    finally:
        begun.unlink(missing_ok=True)


def _put_in_place(begun: Path, path: Path, text: str) -> None:
    """Under its name at once where files can have two; some file systems, such as shares of Windows, know no links."""
    try:
        os.link(begun, path)
    except FileExistsError:
        raise
    except OSError:
        _write_exclusively(path, text)


def _write_exclusively(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _key_from(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text().strip())
    except OSError as error:
        raise Refused(f"The key file {path} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise Refused(f"The key file {path} does not hold hex digits.") from None
    if len(key) != 32:
        raise Refused(f"The key file {path} must hold 64 hex digits; it holds {2 * len(key)}.")
    return key
