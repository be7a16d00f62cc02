"""Triggers that refuse to change or remove what the event log holds."""

from django.db import migrations

from sevline.platform import guards


def install(apps, schema_editor):
    guards.install(schema_editor.connection)


def remove(apps, schema_editor):
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_first")]
    operations = [migrations.RunPython(install, remove)]
