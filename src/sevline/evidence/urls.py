"""Addresses of evidence; the evidence tab of a case is part of the workspace."""

from django.urls import path

from sevline.evidence.views import attaching, explorer, files, uploads

app_name = "evidence"
urlpatterns = [
    path("cases/<str:key>/uploads", attaching.attach, name="attach"),
    path("cases/<str:key>/uploads/list", uploads.listing, name="listing"),
    path("uploads/<int:upload_id>", uploads.upload, name="upload"),
    path("uploads/<int:upload_id>/report.json", uploads.report, name="report"),
    path("uploads/<int:upload_id>/patterns", explorer.explore, name="explore"),
    path("uploads/<int:upload_id>/patterns/cards", explorer.cards, name="explore_cards"),
    path("uploads/<int:upload_id>/patterns/<int:pattern_id>/cite", explorer.cite_pattern, name="cite_pattern"),
    path("uploads/<int:upload_id>/remove", uploads.remove, name="remove"),
    path("files/<int:artifact_id>", files.view, name="file"),
    path("files/<int:artifact_id>/download", files.download, name="download"),
    path("files/<int:artifact_id>/cite", files.cite, name="cite"),
]
