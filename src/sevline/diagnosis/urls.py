"""Addresses of a diagnosis; the tab itself is part of the workspace."""

from django.urls import path

from sevline.diagnosis.views import board, modes, signals, trying, walking

app_name = "diagnosis"
urlpatterns = [
    path("signals", signals.signals, name="signals"),
    path("signals/<int:number>", signals.signal, name="signal"),
    path("cases/<str:key>/runbooks", walking.shelf, name="runbooks"),
    path("cases/<str:key>/runbooks/<slug:name>", walking.runbook, name="runbook"),
    path("cases/<str:key>/runbooks/<slug:name>/attach", walking.attach, name="runbook_attach"),
    path("cases/<str:key>/runbooks/<slug:name>/step/<slug:step>", walking.step, name="runbook_step"),
    path("cases/<str:key>/failure-modes", modes.shelf, name="failure_modes"),
    path("cases/<str:key>/outside", trying.outside, name="outside"),
    path("cases/<str:key>/outside/targets", trying.allow, name="allow_target"),
    path("cases/<str:key>/outside/targets/<int:number>/remove", trying.remove, name="remove_target"),
    path("cases/<str:key>/outside/targets/<int:number>/script", trying.script, name="target_script"),
    path("cases/<str:key>/outside/probes", trying.probe, name="probe"),
    path("cases/<str:key>/outside/calls/<int:number>", trying.calls, name="calls"),
    path("cases/<str:key>/outside/profile", trying.add_profile, name="add_profile"),
    path("cases/<str:key>/outside/curl", trying.paste, name="paste_curl"),
    path("cases/<str:key>/outside/recipe", trying.recipe, name="recipe"),
    path("cases/<str:key>/outside/requests/<int:number>", trying.request, name="request"),
    path("cases/<str:key>/files-together/<int:number>", board.beside, name="beside"),
    path("cases/<str:key>/files-together", board.told, name="told"),
    path("cases/<str:key>/diagnosis/panel", board.panel, name="panel"),
    path("cases/<str:key>/diagnosis/<slug:verb>", board.step, name="step"),
    path("cases/<str:key>/diagnosis/<slug:verb>/<int:number>", board.step_of, name="step_of"),
]
