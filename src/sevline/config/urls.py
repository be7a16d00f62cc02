"""Every address; each room names its own."""

from django.urls import include, path

from sevline.web import views

handler403 = "sevline.web.views.forbidden"
handler404 = "sevline.web.views.not_found"
handler500 = "sevline.web.views.broken"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("cases/", include("sevline.cases.urls")),
]
