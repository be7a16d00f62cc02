from django.apps import AppConfig


class DiagnosisConfig(AppConfig):
    name = "sevline.diagnosis"
    label = "diagnosis"

    def ready(self) -> None:
        from sevline.cases.selectors import ask_whether_confirmed, teach
        from sevline.core.runbook import runbooks
        from sevline.diagnosis.selectors import may_name_the_cause

        runbooks()  # a runbook that cannot be used stops the start, not the person who opens it
        ask_whether_confirmed(may_name_the_cause)
        teach(
            {
                "diagnosis.findings_kept": "ran the checks: {counts}",
                "diagnosis.files_read_together": "read {files} together: {counts} {refused}",
                "diagnosis.hypothesis_proposed": "proposed {hypothesis}: {statement}",
                "diagnosis.hypothesis_moved": "moved {hypothesis} from {before} to {after}",
                "diagnosis.evidence_linked": "linked {item} {side} {hypothesis}",
                "diagnosis.test_started": "started {test} for {hypothesis}: {purpose}",
                "diagnosis.test_concluded": "concluded {test}, {conclusion}: {actual}",
                "diagnosis.cause_recorded": "recorded the cause, {confidence}: {statement} ({items})",
                "diagnosis.cause_refuted": "refuted a cause: {reason}",
                "diagnosis.reproduction_recorded": "recorded the reproduction, {state}: {failed} of {runs} runs failed",
                "diagnosis.workaround_recorded": "recorded the workaround: {state}",
                "diagnosis.workaround_validated": "validated the workaround ({items})",
                "diagnosis.workaround_accepted": "recorded that the customer accepted the workaround",
                "diagnosis.workaround_withdrawn": "withdrew the workaround: {reason}",
                "diagnosis.fix_validated": "ran the reproduction again on {build}: {failed} of {runs} runs failed",
                "diagnosis.changes_checked": "checked for changes: {found}",
                "diagnosis.known_errors_searched": "searched known errors for “{terms}”: {matches}",
                "diagnosis.telemetry_gap_noted": "noted what no signal shows: {text}",
                "diagnosis.target_allowed": "allowed {target} to be called: {why}",
                "diagnosis.target_removed": "took {target} off the list of targets",
                "diagnosis.probe_asked": "asked for probe {probe} ({what}) of {target}{path}",
                "diagnosis.probe_ended": "probe {probe} {state}: {said}",
                "diagnosis.request_saved": "saved the request {request}: {name}",
                "diagnosis.runs_asked": "asked for {times} runs ({runs}) of {request} at {target}",
                "diagnosis.runs_ended": "runs {runs} {state}: {failed} of {times}, {said}",
                "diagnosis.recipe_saved": "saved a container recipe: {images}",
                "diagnosis.runbook_step_done": "runbook {runbook}, step {step}, {outcome}: {note}",
            }
        )
