from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0005_errors_of_a_status_by_category")]

    operations = [
        migrations.AddField(
            model_name="cycle",
            name="by_category",
            field=models.JSONField(default=dict),
        ),
    ]
