"""Names of fields and columns that hold a person by the part that somebody plays: recipient, Bearbeiter."""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from functools import lru_cache

from sevline.core.redaction.late import late

#: Stems of words for people, in the languages in which forms, systems and columns name them. An ending may follow.
_STEMS = (
    # what somebody does or is in a case, an order, a company
    "contact|kontakt|attendee|absentee|excused|present|anwesend|entschuldigt|teilnehmend|abwesend|présent|excusé|asistente|ausente|presente|requester|requestor|reporter|submitter|caller|creator|opener|approver|reviewer|assignee|responder|owner|maintainer|committer"
    "|recipient|sender|consignee|addressee|payee|payer|beneficiary|signatory|witness|holder|insured|subscriber|passenger|driver|guest|visitor|student|teacher"
    "|patient|doctor|physician|nurse|spouse|guardian|parent|tenant contact|landlord|applicant|candidate|employee|colleague|supervisor|manager|technician|engineer"
    "|operator|agent|advisor|inspector|author|editor|translator|speaker|organizer|attendee|participant|instructor|customer|client|person|member|resident|next of kin|emergency contact"
    "|zahler|zahlungspflichtig|begünstigt|karteninhaber|halter|versicherungsnehmer|vertragspartner|mieter|vermieter|schüler|ansprechpartner|bearbeiter|sachbearbeiter|melder|antragsteller|empfaenger|empfänger|absender|besteller|auftraggeber|verfasser|ersteller|bediener|techniker|mitarbeiter"
    "|verantwortlich|zustaendig|zuständig|inhaber|besitzer|versicherte|patientin|kunde|kundin|kontaktperson|betreuer|berater|fahrer|gast|leiter|vorgesetzte|arzt|ärztin|anrufer|teilnehmer"
    "|demandeur|destinataire|expediteur|expéditeur|interlocuteur|responsable|proprietaire|propriétaire|titulaire|locataire|salarie|salarié|technicien|auteur|médecin|medecin|declarant|déclarant"
    "|solicitante|destinatario|remitente|titular|empleado|operario|operador|encargado|propietario|cliente|tecnico|técnico|autor|medico|médico|interesado|paciente|responsável|responsavel|utente"
    "|richiedente|mittente|intestatario|dipendente|operatore|responsabile|proprietario|paziente|referente|destinatário|remetente|funcionario|funcionário|usuario|usuário"
    "|aanvrager|ontvanger|afzender|medewerker|contactpersoon|eigenaar|behandelaar|melder|klant|mottagare|avsändare|handläggare|kund|zgłaszający|odbiorca|nadawca|klient"
)
_ENDING = r"(?:in|innen|e|er|en|r|n|s|es|a|as|o|os|ne|ée|ee|trice|euse)?"
_ROLE = late(rf"(?:.*[_ ./-])?(?:{_STEMS}){_ENDING}(?:[_ .-]?(?:name|1|2|full|nom|nombre|nome|naam))?", re.IGNORECASE)
_DONE_BY = late(
    r"(?:.*[_ .-])?(?:created|updated|modified|opened|closed|resolved|submitted|changed|approved|assigned|reported|requested|raised|entered|deleted|reviewed|cancelled|handled|logged|signed|verified"
    r"|escalated|reassigned|acknowledged|completed|erstellt|geändert|gemeldet|bearbeitet|freigegeben|angelegt|creado|modificado|asignado|creato|modificato|assegnato|criado|alterado|atribuído)"
    r"[_ .-]?(?:by|to|for|von|durch|por|da|a)(?:[_ .-]?(?:name|user))?",
    re.IGNORECASE,
)  # fmt: skip
_FULL = late(
    r"(?:.*[_ ./-])?(?:name[12]|name[_ -]?(?:first|last|full)|vorna|nachna?|rufname|nachnam|anzeigename|nombre[_ ]completo|nome[_ ]completo|nom[_ ]complet|nom[_ ]et[_ ]prénom|voornaam|achternaam"
    r"|förnamn|efternamn|imi(?:ę|e)|nazwisko|jm(?:é|e)no|p(?:ř|r)(?:í|i)jmen(?:í|i)|ad(?:ı)?[_ ]?soyad(?:ı)?|soyad(?:ı)?|sobrenome|apelido|on[_ -]?call|signed-off-by)",
    re.IGNORECASE,
)
_CAMEL = late(r"(?<=[a-zß-ž0-9])(?=[A-ZÀ-Þ])")
_ID = late(r"[_ ]id$", re.IGNORECASE)
#: Words before which a role is something else: a group, a kind, a count.
_NOT_ITSELF = late(
    r".*(?:group|team|type|kind|count|total|number|no|status|role|class|service|email|mail|phone|url|code|list|queue|org|company|version)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def says_role(field: str) -> bool:
    """Whether a field of this name holds a person; `assignment group` and `contact type` do not, `caller_id` may."""
    name = _ID.sub("", _CAMEL.sub("_", field.strip(" \"'\\*\t")))
    if _NOT_ITSELF.fullmatch(name):
        return False
    return any(form.fullmatch(name) is not None for form in (_ROLE, _DONE_BY, _FULL))


_DOES_IT = frozenset(
    ("creator", "assignee", "reporter", "approver", "author", "committer", "commenter", "submitter", "updater", "modifier", "opener", "reviewer", "requester", "requestor", "initiator", "uploader", "editor", "merger")
)  # fmt: skip


@lru_cache(maxsize=4096)
def says_done_by(field: str) -> bool:
    """Whether it holds who did something, by login as often as by name."""
    name = _CAMEL.sub("_", field.strip(" \"'\\*\t"))
    return _DONE_BY.fullmatch(name) is not None or name.lower() in _DOES_IT
