"""Every address; each room names its own."""

from django.urls import include, path

from sevline.catalog import urls as catalog
from sevline.customers import urls as customers
from sevline.evidence import urls as evidence
from sevline.people import urls as people
from sevline.web import views

handler403 = "sevline.web.views.forbidden"
handler404 = "sevline.web.views.not_found"
handler429 = "sevline.people.adapter.too_many"
handler500 = "sevline.web.views.broken"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("accounts/", include(people.accounts)),
    path("accounts/", include("allauth.urls")),
    path("enter/", include(people.enter)),
    path("setup/", include(people.setup)),
    path("send/", include(evidence.send)),
    path("api/v1/", include(evidence.api)),
    path("api/v1/", include(customers.api)),
    path("api/v1/", include(catalog.api)),
    path("people/", include("sevline.people.urls")),
    path("governance/", include("sevline.governance.urls")),
    path("styleguide", include("sevline.ui.urls")),
    # The workspace shows several rooms, so its addresses stand before those of the cases alone.
    path("", include("sevline.web.urls")),
    path("", include("sevline.escalations.urls")),
    path("", include("sevline.dataquery.urls")),
    path("", include("sevline.diagnosis.urls")),
    path("customers/", include("sevline.customers.urls")),
    path("catalog/", include("sevline.catalog.urls")),
    path("insights/", include("sevline.reports.urls")),
    path("cases/", include("sevline.cases.urls")),
    path("evidence/", include("sevline.evidence.urls")),
]
