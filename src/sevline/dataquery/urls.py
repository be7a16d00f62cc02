"""Addresses of data queries; each belongs to a case."""

from django.urls import path

from sevline.dataquery import views

app_name = "dataquery"
urlpatterns = [
    path("cases/<str:key>/queries", views.queries, name="queries"),
    path("cases/<str:key>/queries/ask", views.ask, name="ask"),
    path("cases/<str:key>/queries/reviewed/<slug:query>", views.reviewed, name="reviewed"),
    path("cases/<str:key>/queries/granted/<int:number>", views.granted, name="granted"),
    path("cases/<str:key>/queries/<int:number>", views.answer, name="answer"),
]
