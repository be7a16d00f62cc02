from django.urls import path

from sevline.governance import views

urlpatterns = [
    path("approvals", views.approvals, name="approvals"),
    path("approvals/<int:approval_id>", views.approval, name="approval"),
    path("audit", views.audit, name="audit"),
    path("audit/export", views.audit_export, name="audit_export"),
    path("decisions", views.decisions, name="decisions"),
]
