from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("escalations", "0002_follows")]

    operations = [
        migrations.AddField(
            model_name="packetversion",
            name="reply",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
