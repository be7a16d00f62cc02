from enum import StrEnum


class Role(StrEnum):
    VIEWER = "viewer"
    AGENT = "agent"
    LEAD = "lead"
    SHIFT_LEAD = "shift_lead"
    SUPPORT_MANAGER = "support_manager"
    DIRECTOR = "director"
    ENGINEER = "engineer"
    SRE_IC = "sre_ic"
    SECURITY = "security"
    PRODUCT = "product"
    CSM = "csm"
    QA_REVIEWER = "qa_reviewer"
    COACH = "coach"
    HIRING_PANEL = "hiring_panel"
    ADMIN = "admin"
    AUDITOR = "auditor"
    CUSTOMER = "customer"


from sevline.core.lifecycle import Refused


class Forbidden(Refused):
    pass
