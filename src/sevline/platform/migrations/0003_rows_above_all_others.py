"""Triggers that let a row be added above all others only, in place of those that refused replacing ones."""

from django.db import migrations

from sevline.platform import guards


def install(apps, schema_editor):
    guards.remove(schema_editor.connection)
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("platform", "0002_append_only")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
