"""What stands out in an upload and its groups are kept with the run; of earlier runs they are counted when asked."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("evidence", "0009_counted_by_jobs")]
    operations: ClassVar = [
        migrations.AddField(model_name="redactionrun", name="kept", field=models.JSONField(default=dict)),
    ]
