from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0007_by_program'),
    ]

    operations = [
        migrations.AddField(
            model_name='sending',
            name='way',
            field=models.CharField(choices=[('page', 'Page'), ('link', 'Link'), ('command', 'Command'), ('probe', 'Probe'), ('api', 'Api')], default='page', max_length=8),
        ),
    ]
