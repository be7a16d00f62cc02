from django.urls import path

from sevline.catalog import supportability, views

urlpatterns = [
    path("supportability", supportability.areas, name="supportability"),
    path("supportability/<slug:key>", supportability.area, name="supportability_of"),
    path("changes", views.changes, name="changes"),
    path("changes/import", views.import_list, name="import_changes"),
    path("changes/<int:change_id>/withdraw", views.withdraw, name="withdraw_change"),
]
