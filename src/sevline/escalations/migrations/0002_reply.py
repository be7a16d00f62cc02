from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("escalations", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="packetversion",
            name="reply",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
