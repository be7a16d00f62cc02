from django.urls import path

from sevline.catalog.views import api as api_views
from sevline.catalog.views import changes, supportability

urlpatterns = [
    path("supportability", supportability.areas, name="supportability"),
    path("supportability/<slug:key>", supportability.area, name="supportability_of"),
    path("changes", changes.changes, name="changes"),
    path("changes/import", changes.import_list, name="import_changes"),
    path("changes/<int:change_id>/withdraw", changes.withdraw, name="withdraw_change"),
]

# For programs with an access token; a session is of no use here.
api = [path("changes", api_views.post, name="api_changes")]
