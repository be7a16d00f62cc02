"""Addresses of evidence; the evidence tab of a case is part of the workspace."""

from django.urls import path

from sevline.evidence.views import (
    again,
    attaching,
    counting,
    explorer,
    files,
    following,
    links,
    reveals,
    sending,
    uploads,
)
from sevline.evidence.views import api as api_views

app_name = "evidence"
urlpatterns = [
    path("cases/<str:key>/uploads", attaching.attach, name="attach"),
    path("cases/<str:key>/uploads/list", uploads.listing, name="listing"),
    path("cases/<str:key>/sendings", sending.begin, name="begin"),
    path("cases/<str:key>/request", following.follow, name="request"),
    path("cases/<str:key>/impact", counting.impact, name="impact"),
    path("cases/<str:key>/impact/<int:number>/again", counting.impact_again, name="impact_again"),
    path("cases/<str:key>/impact/<int:number>/stop", counting.stop_impact, name="stop_impact"),
    path("cases/<str:key>/impact/<int:number>/cite", counting.cite_impact, name="cite_impact"),
    path("cases/<str:key>/fixes", counting.fixes, name="fixes"),
    path("cases/<str:key>/fixes/<int:number>/judge", counting.judge, name="judge_fix"),
    path("cases/<str:key>/fixes/runs/<int:run_id>/again", counting.judge_again, name="judge_again"),
    path("cases/<str:key>/fixes/runs/<int:run_id>/stop", counting.stop_comparison, name="stop_comparison"),
    path("cases/<str:key>/fixes/runs/<int:run_id>/cite", counting.cite_fix, name="cite_fix"),
    path("cases/<str:key>/words", again.words, name="words"),
    path("cases/<str:key>/reveal", reveals.ask, name="reveal"),
    path("reveals/<int:reveal_id>", reveals.show, name="shown"),
    path("sendings/<str:key>", sending.sending, name="sending"),
    path("links/<int:link_id>/revoke", again.revoke, name="revoke_link"),
    path("uploads/<int:upload_id>/confirm", again.confirm, name="confirm"),
    path("uploads/<int:upload_id>/stop", again.stop, name="stop_reading"),
    path("uploads/<int:upload_id>/role", again.read_as, name="read_as"),
    path("uploads/<int:upload_id>", uploads.upload, name="upload"),
    path("uploads/<int:upload_id>/report.json", uploads.report, name="report"),
    path("uploads/<int:upload_id>/patterns", explorer.explore, name="explore"),
    path("uploads/<int:upload_id>/patterns/cards", explorer.cards, name="explore_cards"),
    path("uploads/<int:upload_id>/patterns/silence", explorer.cite_silence, name="cite_silence"),
    path("uploads/<int:upload_id>/patterns/<int:pattern_id>/cite", explorer.cite_pattern, name="cite_pattern"),
    path("uploads/<int:upload_id>/remove", uploads.remove, name="remove"),
    path("files/<int:artifact_id>", files.view, name="file"),
    path("files/<int:artifact_id>/download", files.download, name="download"),
    path("files/<int:artifact_id>/picture", files.picture, name="picture"),
    path("files/<int:artifact_id>/amounts", files.amounts, name="amounts"),
    path("files/<int:artifact_id>/cite", files.cite, name="cite"),
]

# For programs with an access token; a session is of no use here.
api = [
    path("cases/<str:key>/uploads", api_views.send, name="api_send"),
    path("cases/<str:key>/sendings", api_views.begin, name="api_begin"),
    path("sendings/<str:key>", api_views.sending, name="api_sending"),
    path("uploads/<int:upload_id>", api_views.state, name="api_upload"),
    path("uploads/<int:upload_id>/report", api_views.report, name="api_report"),
]

# For whoever holds an upload link; nobody signs in here.
send = [
    path("<str:token>", links.page, name="send"),
    path("<str:token>/files", links.begin, name="send_begin"),
    path("<str:token>/files/<str:key>", links.file, name="send_file"),
]
