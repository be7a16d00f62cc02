"""A tenant belongs to one customer; where two have it, the upgrade stops and says what to do."""

from django.db import migrations, models
from django.db.models import Count

from sevline.core.lifecycle import Refused


def refuse_shared_tenants(apps, _schema):
    environments = apps.get_model("customers", "Environment").objects
    shared = environments.values("tenant").annotate(times=Count("pk")).filter(times__gt=1).order_by("tenant")
    reasons = []
    for tenant in shared.values_list("tenant", flat=True)[:20]:
        keys = environments.filter(tenant=tenant).order_by("account__key").values_list("account__key", flat=True)
        named = " and ".join(keys)
        reasons.append(
            f"The tenant {tenant} stands with {named}, and belongs to one of them. Give the other its own: "
            f"sevline customers tenant {keys[len(keys) - 1]} {tenant} NEW-TENANT"
        )
    if reasons:
        raise Refused(*reasons, "Nothing was changed. Start again when this is mended.")


class Migration(migrations.Migration):

    dependencies = [
        ("customers", "0004_archive"),
    ]

    operations = [
        migrations.RunPython(refuse_shared_tenants, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="environment", name="environment_tenant"),
        migrations.AddConstraint(
            model_name="environment",
            constraint=models.UniqueConstraint(fields=["tenant"], name="environment_tenant_once"),
        ),
    ]
