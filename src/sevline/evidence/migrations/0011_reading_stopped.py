"""A person may end the reading of a file; what was read until then is kept."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("evidence", "0010_kept_cards")]
    operations: ClassVar = [
        migrations.AddField(model_name="upload", name="stop_asked", field=models.BooleanField(default=False)),
    ]
