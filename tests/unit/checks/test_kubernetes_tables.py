"""Tables of kubectl beside descriptions and events of the same pods: what a row does not print, it does not deny."""

from tests.evidence import found, states

from sevline.core.finding import Finding, Given, State
from sevline.core.readers.documents.kubectl_text import kubectl_text
from sevline.core.readers.reader import Source

TABLE = """\
NAMESPACE   NAME        READY   STATUS             RESTARTS      AGE
prod        billing-1   0/1     OOMKilled          9 (2m ago)    24m
prod        mail-1      0/1     CrashLoopBackOff   7 (2m ago)    24m
prod        migrate-1   0/1     Pending            0             12m
"""
DESCRIBED = """\
Name:             billing-1
Namespace:        prod
Status:           Running
Containers:
  billing:
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
    Restart Count:  9
    Limits:
      memory:  256Mi
"""
EVENTS = """\
NAMESPACE   LAST SEEN   TYPE      REASON             OBJECT          MESSAGE
prod        12m         Warning   FailedScheduling   pod/migrate-1   0/3 nodes are available: 3 Insufficient memory.
"""
OTHER_EVENTS = """\
NAMESPACE   LAST SEEN   TYPE      REASON             OBJECT          MESSAGE
prod        12m         Warning   FailedScheduling   pod/other-1     0/3 nodes are available: 3 Insufficient cpu.
"""


def read(*texts: str) -> list[Given]:
    files = ((Source(f"a{number}", "k.txt"), text.splitlines()) for number, text in enumerate(texts, 1))
    return [given for source, lines in files for given in kubectl_text(source, lines)]


def of(check_id: str, pod: str, *texts: str) -> Finding:
    return next(finding for finding in found(check_id, *read(*texts)) if pod in finding.title)


def test_a_description_counts_before_a_row_of_a_table_in_whatever_order_they_came() -> None:
    for texts in ((DESCRIBED, TABLE), (TABLE, DESCRIBED)):
        assert (
            "container billing of Pod prod/billing-1 ran out of memory (limit 256Mi)"
            in of("K8S01", "billing-1", *texts).title
        )
        assert "exit code 137" in of("K8S02", "billing-1", *texts).title


def test_a_table_of_one_namespace_is_of_the_pods_that_are_described() -> None:
    bare = "\n".join(line[12:] for line in TABLE.splitlines())

    (finding,) = found("K8S01", *read(DESCRIBED, bare))

    assert "limit 256Mi" in finding.title


def test_a_row_alone_neither_denies_a_limit_nor_names_a_container() -> None:
    killed, loops = of("K8S01", "billing-1", TABLE), of("K8S02", "mail-1", TABLE)

    assert "its limit is not in this table" in killed.title
    assert [cited.observed for cited in killed.evidence] == ["OOMKilled"]
    assert loops.title.startswith(
        "A container of pod prod/mail-1 is in a crash loop: 7 restarts, this table has no exit"
    )
    assert "`kubectl logs -n prod mail-1 --all-containers --previous`" in loops.next_step


def test_why_a_pending_pod_finds_no_node_stands_in_the_events_beside_the_table() -> None:
    (finding,) = found("K8S04", *read(TABLE, EVENTS))

    assert finding.title == "Pod prod/migrate-1 finds no node: too little free memory (3 nodes)."


def test_events_on_the_same_line_of_two_files_are_two() -> None:
    titles = {finding.title for finding in found("K8S04", *read(EVENTS, OTHER_EVENTS))}

    assert titles == {
        "Pod prod/migrate-1 finds no node: too little free memory (3 nodes).",
        "Pod prod/other-1 finds no node: too little free CPU (3 nodes).",
    }


def test_rows_that_wait_for_long_are_warned_about_where_no_event_says_why() -> None:
    (finding,) = found("K8S04", *read(TABLE, OTHER_EVENTS.replace("other-1", "billing-1")))

    assert finding.state is State.WARN
    assert finding.title == "Pod prod/migrate-1 (12m): still Pending, so no node took it yet."
    assert "kubectl describe pod" in finding.next_step


def test_a_row_that_waits_for_a_moment_is_no_fault_and_its_events_are_asked_for() -> None:
    (finding,) = found("K8S04", *read(TABLE.replace(" 12m", " 12s")))

    assert finding.state is State.NOT_EVALUATED
    assert finding.missing == ("the events of pods that wait",)


def test_a_row_that_waits_and_names_its_node_was_placed() -> None:
    wide = (
        "NAME    READY   STATUS    RESTARTS   AGE   IP         NODE     NOMINATED NODE   READINESS GATES\n"
        "web-1   1/1     Running   0          5d    10.0.0.2   node-a   <none>           <none>\n"
        "web-2   0/1     Pending   0          47m   <none>     node-b   <none>           <none>\n"
    )
    (finding,) = found("K8S04", *read(wide))
    (waiting,) = found("K8S04", *read(wide.replace("node-b", "<none>")))

    assert finding.state is State.PASS
    assert waiting.title == "Pod web-2 (47m): still Pending, so no node took it yet."


def test_without_input_it_asks_for_the_objects() -> None:
    assert states("K8S04") == {State.NOT_EVALUATED}


def test_a_table_with_namespaces_counts_before_one_without() -> None:
    bare = "\n".join(line[12:] for line in TABLE.splitlines())

    titles = [finding.title for finding in found("K8S02", *read(bare, TABLE, bare)) if "mail-1" in finding.title]

    assert [title.partition(" is ")[0] for title in titles] == ["A container of pod prod/mail-1"]


def test_why_a_container_restarted_that_runs_again_is_not_in_a_table() -> None:
    running = TABLE.splitlines()[0] + "\nprod        web-1       1/1     Running            {}            12m\n"

    assert states("K8S01", *read(running.format(0))) == {State.PASS}
    assert states("K8S01", *read(running.format(4))) == {State.NOT_EVALUATED}
