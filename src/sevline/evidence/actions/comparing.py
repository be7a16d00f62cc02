"""What several files show only side by side is an artefact of its own, kept with one of them."""

from sevline.bench.examination import ArtifactHead, ArtifactState
from sevline.evidence.actions.removing import forget_sealed
from sevline.evidence.models import Artifact, RedactionRun
from sevline.vault import actions as vault


def keep_comparison(run: RedactionRun, head: ArtifactHead, sink: vault.SealedSink) -> Artifact:
    """Keep a redacted document made of several files, in the caller's transaction; the last one takes its place."""
    row = Artifact.objects.filter(upload=run.upload_id, key=head.id).first() or Artifact(
        upload_id=run.upload_id, key=head.id
    )
    forget_sealed([row.sealed_id])
    sealed = sink.keep()
    row.run, row.name, row.kind, row.mode = run, head.name[:300], head.kind, head.mode
    row.state, row.size, row.sha256, row.sealed_id = ArtifactState.READ, sealed.size, sealed.sha256, sealed.pk
    row.save()
    return row
