from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("legislators", "0002_nationwide"),
    ]

    operations = [
        migrations.AddField(
            model_name="datasource",
            name="due_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="due at"),
        ),
        migrations.AddField(
            model_name="datasource",
            name="lease_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
