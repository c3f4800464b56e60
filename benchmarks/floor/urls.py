"""The project's addresses, and the floor's."""

from config.urls import urlpatterns as project
from django.urls import path

from . import views

urlpatterns = [
    path("floor/products/", views.product_list),
    path("floor/products/<slug:slug>/", views.product_detail),
    path("floor/orders/", views.order_create),
    path("floor/login/", views.login),
    *project,
]
