from django.urls import path

from sevline.catalog import views

app_name = "catalog"
urlpatterns = [
    path("", views.areas, name="areas"),
    path("<slug:key>", views.area, name="area"),
]
