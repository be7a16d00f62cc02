from django.urls import path

from sevline.customers import views

app_name = "customers"
urlpatterns = [
    path("<slug:key>/profile", views.profile, name="profile"),
    path("<slug:key>/profile/<int:number>/verify", views.verify, name="verify"),
    path("<slug:key>/authority", views.authority, name="authority"),
    path("<slug:key>/authority/<int:number>/check", views.check_authority, name="check_authority"),
    path("<slug:key>/profile/<int:number>/end", views.end, name="end"),
]
