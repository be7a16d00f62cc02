# ruff: noqa: E501 - programs are started, and what they are fed stands as one text
"""Programs in C, C++ and Go of the fifth round: run when all before were to learn from, scored once."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.logs_corpora.later_native import background, ended, lines_of
from benchmarks.logs_corpora.records import Placed, parsed, run

VENV = os.environ.get("SEVLINE_LOG_FIFTH", "/tmp/corpora/fifth")
"""A virtual environment with taichi, sentencepiece, paddlepaddle, fonttools, mitmproxy and pymodbus."""


def _sampled(records: Iterator[Placed]) -> list[Placed]:
    found = list(records)
    return found[:: max(1, len(found) // 25_000)]


def sway(work: Path) -> Iterator[Placed]:
    """Sway, a window manager, without a screen: windows that come and go, outputs, layouts, rules, wrong commands."""
    (work / "c").write_text(
        "set $m Mod4\noutput HEADLESS-1 resolution 800x600 bg #112233 solid_color\nbindsym $m+Return exec foot\nbindsym Nosuch+x nop\nfor_window [app_id=foot] border pixel 3\nassign [title=two] workspace 4\nnosuch thing\ninput * xkb_layout de\nseat seat0 fallback true\nbar {\n swaybar_command true\n}\nmode r {\n bindsym Escape mode default\n}\ngaps inner 5\n"
    )
    env = {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman", "XDG_RUNTIME_DIR": str(work), "SWAYSOCK": f"{work}/s", "HOME": str(work)}  # fmt: skip
    run(["chown", "-R", "nobody", str(work)])
    server = background(["runuser", "-u", "nobody", "--", "sway", "-d", "-c", f"{work}/c"], work / "log", env=env)
    time.sleep(3)
    commands = ("exec foot", "exec foot -T two", "workspace 2", "splith", "splitv", "layout tabbed", "layout stacking", "layout nosuch", "focus left", "focus parent", "move container to workspace 3", "move left 20 px", "resize grow width 30 px", "resize shrink nosuch", "floating toggle", "fullscreen", "border none", "sticky enable", "scratchpad show", "move scratchpad", "mark a", "unmark", "opacity 0.5", "output HEADLESS-1 scale 2", "output HEADLESS-2 enable", "create_output", "output HEADLESS-1 transform 90", "output HEADLESS-1 mode 99999x9", "input type:keyboard repeat_rate 9", "seat seat0 cursor move 10 10", "seat seat0 cursor press button1", "mode r", "mode default", "rename workspace to 7", "[app_id=foot] kill", "[con_mark=a] focus", "kill", "nosuch", "gaps inner all set 9", "client.focused #fff #000 #111 #222 #333", "bindsym Mod4+y nop", "unbindsym Mod4+y", "exec /none/x", "default_border none", "swap container with mark a", "urgent enable", "title_format x", "reload", "move workspace to output HEADLESS-2", "output HEADLESS-1 disable", "output HEADLESS-1 enable", "shortcuts_inhibitor enable", "inhibit_idle open", "max_render_time 3", "font pango:mono 9", "bar bar-0 mode hide", "include none/*", "tiling_drag disable", "allow_tearing yes")  # fmt: skip
    for number in range(170):
        run(["swaymsg", commands[(number * 7 + number // 59) % len(commands)]], seconds=5, env=env)
        if number % 10 == 0:
            for kind in ("get_tree", "get_outputs", "get_inputs", "get_bar_config", "get_version"):
                run(["swaymsg", "-t", kind], seconds=5, env=env)
    run(["swaymsg", "exit"], seconds=5, env=env)
    ended(server)
    form = r"\S+ \[(?P<level>\w+)\] (?:\[(?P<logger>wlr)\] )?\[(?P<place>[\w./-]+\.c:\d+)\] (?P<message>.*)"
    yield from _sampled(parsed(lines_of(work / "log"), form))


def i3(work: Path) -> Iterator[Placed]:
    """i3, a window manager, on a screen of memory: terminals, layouts, marks, scratchpad, wrong settings, restarts."""
    env = {"DISPLAY": ":77", "HOME": str(work), "XDG_RUNTIME_DIR": str(work), "I3SOCK": f"{work}/s"}
    screen = background(["Xvfb", ":77", "-screen", "0", "800x600x24"], work / "x")
    time.sleep(2)
    (work / "c").write_text(
        "# i3 config file (v4)\nset $mod Mod4\nbindsym $mod+Return exec xterm\nbindsym $mod+q kill\nbindcode 38 nop\nfor_window [class=XTerm] border pixel 2\nassign [title=two] 4\nno_focus [title=three]\nworkspace 2 output nosuch\nnosuch thing\nfocus_follows_mouse no\nbar {\n i3bar_command true\n}\nmode r {\n bindsym Escape mode default\n}\ndefault_orientation vertical\nipc-socket "
        f"{work}/s\n"
    )
    server = background(["i3", "-V", "-d", "all", "-c", f"{work}/c"], work / "log", env=env)
    time.sleep(2)
    commands = ("exec xterm", "exec xterm -T two", "exec xterm -T three", "workspace 2", "split h", "split v", "layout tabbed", "layout stacking", "layout nosuch", "focus left", "focus parent", "focus child", "move left", "move container to workspace 3", "move to output nosuch", "resize grow width 10 px or 5 ppt", "resize set 300 200", "floating toggle", "fullscreen toggle", "border none", "sticky toggle", "move scratchpad", "scratchpad show", "mark a", "unmark", "[con_mark=a] focus", "[class=XTerm] focus", "[class=(] kill", "kill", "mode r", "mode default", "rename workspace to 7", "open", "nosuch", "workspace back_and_forth", "move position center", "move absolute position 5 px 5 px", "swap container with mark a", "title_format x", "gaps inner all set 5", "append_layout /none", "reload", "bar mode hide", "debuglog toggle", "exec --no-startup-id /none/x", "nop hi", "title_window_icon on", "[id=999] focus", "workspace next", "move workspace to output left", "shmlog off", "focus mode_toggle", "restart")  # fmt: skip
    for number in range(160):
        run(["i3-msg", "-s", f"{work}/s", commands[(number * 7 + number // 53) % len(commands)]], seconds=5, env=env)
        if number % 12 == 0:
            for kind in ("get_tree", "get_outputs", "get_marks", "get_config"):
                run(["i3-msg", "-s", f"{work}/s", "-t", kind], seconds=5, env=env)
    run(["i3-msg", "-s", f"{work}/s", "exit"], seconds=5, env=env)
    time.sleep(1)
    ended(server, screen)
    form = r"(?:\S+ \S+ (?:[AP]M )?- )?(?P<level>ERROR)?(?:: )?(?P<place>[\w./-]+\.[chly]+:\w+:\d+) - (?P<message>.*)"
    yield from _sampled(parsed(lines_of(work / "log"), form))


def pacemaker(work: Path) -> Iterator[Placed]:
    """Pacemaker's policy engine over clusters with groups, clones, constraints, failures, fencing, mistakes."""
    kinds = (
        "ocf:heartbeat:IPaddr2",
        "ocf:pacemaker:Dummy",
        "systemd:nginx",
        "stonith:fence_x",
        "lsb:none",
        "ocf:heartbeat:x",
    )
    for number in range(12):
        nodes = "".join(f'<node id="{n}" uname="n{n}"><instance_attributes id="a{n}"><nvpair id="a{n}-s" name="standby" value="{"on" if n == number % 4 else "off"}"/></instance_attributes></node>' for n in range(1, 4))  # fmt: skip
        made = []
        for n in range(6):
            family = kinds[(n + number) % 6].split(":")
            provider = f' provider="{family[1]}"' if len(family) > 2 else ""
            made.append(f'<primitive id="r{n}" class="{family[0]}"{provider} type="{family[-1]}"><meta_attributes id="m{n}"><nvpair id="m{n}-x" name="{("target-role", "migration-threshold", "is-managed", "nosuch")[n % 4]}" value="{("Started", "2", "false", "x")[(n + number) % 4]}"/></meta_attributes><operations><op id="o{n}" name="monitor" interval="{n * 5}s" timeout="{("20s", "x")[n % 2]}"/></operations></primitive>')  # fmt: skip
        body = made[0] + f'<group id="g">{made[1]}{made[2]}</group><clone id="c"><meta_attributes id="cm"><nvpair id="cm1" name="promotable" value="{"true" if number % 2 else "false"}"/></meta_attributes>{made[3]}</clone>{made[4]}{made[5]}'  # fmt: skip
        rules = f'<rsc_location id="l1" rsc="r0" node="n{number % 4}" score="{("100", "INFINITY", "-INFINITY", "-50")[number % 4]}"/><rsc_colocation id="l2" rsc="g" with-rsc="{("r0", "c", "r4")[number % 3]}" score="INFINITY"/><rsc_order id="l3" first="r0" then="g" kind="{("Mandatory", "Optional", "Serialize")[number % 3]}"/><rsc_ticket id="l4" rsc="r4" ticket="t" loss-policy="stop"/>'  # fmt: skip
        state = "".join(f'<node_state id="{n}" uname="n{n}" in_ccm="{"true" if (n + number) % 3 else "false"}" crmd="{"online" if (n + number) % 3 else "offline"}" join="member" expected="member"><lrm id="{n}"><lrm_resources><lrm_resource id="r0" type="Dummy" class="ocf" provider="pacemaker"><lrm_rsc_op id="r0_last_0" operation_key="r0_{("start", "monitor", "stop")[n % 3]}_0" operation="{("start", "monitor", "stop")[n % 3]}" interval="0" rc-code="{(0, 7, 1, 5)[(n + number) % 4]}" op-status="{(0, 0, 4, 1)[(n + number) % 4]}" transition-key="{n}:1:7:x" transition-magic="0:{(0, 7, 1, 5)[(n + number) % 4]};{n}:1:7:00000000-0000-0000-0000-000000000000" call-id="{n}" crm-debug-origin="x" crm_feature_set="3.0.14"/></lrm_resource></lrm_resources></lrm></node_state>' for n in range(1, 4))  # fmt: skip
        (work / f"c{number}.xml").write_text(f'<cib validate-with="pacemaker-3.0" epoch="{number}" num_updates="0" admin_epoch="0" crm_feature_set="3.0.14" have-quorum="{number % 2}"><configuration><crm_config><cluster_property_set id="p"><nvpair id="p1" name="stonith-enabled" value="{"true" if number % 3 else "false"}"/><nvpair id="p2" name="no-quorum-policy" value="{("stop", "ignore", "freeze", "junk")[number % 4]}"/><nvpair id="p3" name="symmetric-cluster" value="{"false" if number % 5 == 4 else "true"}"/></cluster_property_set></crm_config><nodes>{nodes}</nodes><resources>{body}</resources><constraints>{rules}</constraints></configuration><status>{state}</status></cib>{"x" if number == 11 else ""}')  # fmt: skip
    calls = ("-S", "-s", "-u n1", "-d n2", "-f n3", "-i r0_monitor_5000@n1=7", "-Q", "-t 2026-01-01", "-g t", "-r t -S", "-w x -S", "-F r0_start_0@n1=1 -S", "-L", "-U nosuch")  # fmt: skip
    form = r"\((?P<place>\w+@[\w./-]+:\d+)\)\s+(?P<level>\w+):\s+(?P<message>.*)"
    found: list[Placed] = []
    for number in range(48):
        call = ["crm_simulate", "-x", f"c{number % 12}.xml", "-VVVVVV", *calls[(number + number // 12) % 14].split()]
        found += parsed(
            run(call, seconds=10, cwd=work, env={"HOME": str(work), "PCMK_trace_functions": "nosuch"}).splitlines(),
            form,
        )
    yield from _sampled(iter(found))


def tpm2(work: Path) -> Iterator[Placed]:
    """The TPM 2.0 stack over a simulated chip: keys, policies, sealing, quotes, wrong passwords, handles that are not there."""
    chip = background(["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={work}", "--server", "type=tcp,port=44700", "--ctrl", "type=tcp,port=44701", "--flags", "not-need-init,startup-clear"], work / "chip")  # fmt: skip
    time.sleep(2)
    env = {"TPM2TOOLS_TCTI": "swtpm:host=127.0.0.1,port=44700", "TSS2_LOG": "all+TRACE", "TSS2_LOGFILE": "stderr"}
    (work / "d").write_text("secret")
    calls = ("getrandom 8", "getrandom 99999", "createprimary -c p.ctx", "createprimary -C o -g sha256 -G ecc -c e.ctx", "create -C p.ctx -u k.pub -r k.priv -p pw", "load -C p.ctx -u k.pub -r k.priv -c k.ctx", "sign -c k.ctx -p pw -o s d", "sign -c k.ctx -p bad -o s d", "verifysignature -c k.ctx -m d -s s", "create -C p.ctx -i d -u s.pub -r s.priv", "load -C p.ctx -u s.pub -r s.priv -c s.ctx", "unseal -c s.ctx", "unseal -c p.ctx", "pcrread sha256:0,1,2", "pcrextend 4:sha256=" + "ab" * 32, "pcrreset 16", "pcrreset 0", "quote -c k.ctx -l sha256:0 -q aa", "evictcontrol -C o -c p.ctx 0x81000001", "readpublic -c 0x81000001", "readpublic -c 0x81000099", "nvdefine 0x1500016 -s 32", "nvwrite 0x1500016 -i d", "nvread 0x1500016 -s 6", "nvread 0x1500099", "nvundefine 0x1500016", "nvreadpublic", "getcap properties-fixed", "getcap handles-persistent", "getcap nosuch", "hash -g sha1 d", "hmac -c k.ctx d", "rsaencrypt -c k.ctx -o r d", "rsadecrypt -c k.ctx -p pw r", "startauthsession -S a.ctx", "startauthsession --policy-session -S a.ctx", "policypcr -S a.ctx -l sha256:0 -L l", "policypassword -S a.ctx", "policycommandcode -S a.ctx TPM2_CC_Unseal", "flushcontext a.ctx", "flushcontext -t", "changeauth -c o new", "changeauth -c o -p new", "dictionarylockout -s -n 5", "dictionarylockout -c", "selftest", "gettestresult", "readclock", "clear", "clear -c p", "incrementalselftest rsa", "testparms rsa", "testparms nosuch", "ecdhkeygen -u x.pub -o z -c e.ctx", "import -C p.ctx -G rsa -i none -u i.pub -r i.priv", "loadexternal -G aes -r d -c x.ctx", "duplicate -C null -c k.ctx -G null -r x -s y", "getekcertificate", "nosuch")  # fmt: skip
    form = r"(?P<level>\w+):(?P<logger>[\w-]+):(?P<place>[\w./-]+\.c:\d+):\w+\(\) ?(?P<message>.*)"
    found: list[Placed] = []
    for number in range(150):
        text = run(["tpm2", *calls[number % len(calls)].split()], seconds=10, cwd=work, env=env)
        found += list(parsed(text.splitlines(), form))[: 400 if number % 3 else 1200]
    ended(chip)
    yield from _sampled(iter(found))


def freerdp(work: Path) -> Iterator[Placed]:
    """FreeRDP, both sides: a shared screen of memory, clients with many settings, ports where nobody listens, junk."""
    env = {"HOME": str(work), "WLOG_LEVEL": "TRACE", "WLOG_APPENDER": "CONSOLE", "WLOG_PREFIX": "@@%lv|%mn|%fl:%ln|"}
    screens = [background(["Xvfb", f":{n}", "-screen", "0", "400x300x24"], work / f"x{n}") for n in (78, 79)]
    time.sleep(2)
    log = work / "s"
    server = background(["freerdp-shadow-cli", "/port:44710", "/bind-address:127.0.0.1", "-auth"], log, env={**env, "DISPLAY": ":78"})  # fmt: skip
    time.sleep(3)
    ways = ("", "/sec:rdp", "/sec:tls", "/sec:nla", "/sec:nosuch", "/gfx", "/rfx", "/nsc", "/bpp:16", "/size:640x480", "/f", "/network:lan", "/compression", "+clipboard", "/drive:a,/tmp", "/sound", "/microphone", "/dynamic-resolution", "/multimon", "/cert:deny", "/timeout:1", "/d:dom", "/app:x", "/gdi:hw", "-themes", "/smart-sizing", "/usb:auto", "/printer", "/g:127.0.0.1:9", "/from-stdin", "/audio-mode:9", "/kbd:0x407", "/load-balance-info:x", "/port:9", "+auto-reconnect", "/nosuch")  # fmt: skip
    texts = []
    for number, way in enumerate(ways):
        target = "127.0.0.1:44710" if number % 9 else "127.0.0.1:9"
        call = ["timeout", "4", "xfreerdp", f"/v:{target}", "/u:bob", "/p:x", *([] if "cert" in way else ["/cert:ignore"]), *way.split()]  # fmt: skip
        texts.append(run(call, seconds=6, env={**env, "DISPLAY": ":79"}))
    ended(server, *screens)
    form = r"@@(?P<level>\w+)\|(?P<logger>[^|]*)\|(?P<place>[^|]+:\d+)\|(?P<message>.*)"
    found = [one for text in texts for one in list(parsed(text.splitlines(), form))[:700]]
    yield from _sampled(iter([*found, *list(parsed(lines_of(log), form))[:9000]]))


def openscap(work: Path) -> Iterator[Placed]:
    """OpenSCAP at its finest level over this system: benchmarks, single rules, tailoring, wrong files and profiles."""
    base = Path("/usr/share/scap-security-guide")
    files = sorted([*base.glob("ssg-debian1*-ds.xml"), *Path("/usr/share/xml/scap").rglob("ssg-debian1*-ds.xml")])
    data = str(files[0]) if files else "none.xml"
    (work / "bad.xml").write_text("<Benchmark><nosuch></Benchmark>")
    (work / "o.xml").write_text(
        '<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5" xmlns:l="http://oval.mitre.org/XMLSchema/oval-definitions-5#linux" xmlns:u="http://oval.mitre.org/XMLSchema/oval-definitions-5#unix"><generator><schema_version xmlns="http://oval.mitre.org/XMLSchema/oval-common-5">5.11</schema_version><timestamp xmlns="http://oval.mitre.org/XMLSchema/oval-common-5">2026-01-01T00:00:00</timestamp></generator><definitions>'
        + "".join(
            f'<definition id="oval:x:def:{n}" version="1" class="compliance"><metadata><title>t</title><description>d</description></metadata><criteria><criterion test_ref="oval:x:tst:{n}"/></criteria></definition>'
            for n in range(1, 5)
        )
        + "</definitions><tests>"
        + "".join(
            f'<u:file_test id="oval:x:tst:{n}" version="1" check="{("all", "none satisfy", "at least one", "only one")[n - 1]}" comment="c"><u:object object_ref="oval:x:obj:{n}"/></u:file_test>'
            for n in range(1, 5)
        )
        + "</tests><objects>"
        + "".join(
            f'<u:file_object id="oval:x:obj:{n}" version="1"><u:path>{("/etc", "/none", "/var/log", "/usr/bin")[n - 1]}</u:path><u:filename operation="pattern match">{("^p.*$", ".*", "[", "^a")[n - 1]}</u:filename></u:file_object>'
            for n in range(1, 5)
        )
        + "</objects></oval_definitions>"
    )
    calls = ("info {d}", "xccdf eval --profile standard {d}", "xccdf eval --profile nosuch {d}", "xccdf eval --profile anssi_np_nt28_minimal --results r.xml --report r.html {d}", "oval eval --results o.r o.xml", "oval eval --id oval:x:def:2 o.xml", "oval eval --id nosuch o.xml", "oval collect o.xml", "xccdf eval bad.xml", "info bad.xml", "oval validate o.xml", "xccdf validate bad.xml", "ds sds-validate {d}", "ds sds-split {d} .", "xccdf generate guide --profile standard {d}", "xccdf resolve -o x none.xml", "cpe match nosuch {d}", "xccdf export-oval-variables {d}", "xccdf remediate r.xml", "cvss score AV:N/AC:L/Au:N/C:N/I:N/A:C", "info r.xml", "oval generate report o.r")  # fmt: skip
    form = r"(?P<level>[A-Z]): \w+: +(?P<message>.*\S) +\[\w[\w-]*\(\d+\):[^\]]*?:(?P<place>[\w./-]+\.[ch]+:\d+):\w+\]$"
    found: list[Placed] = []
    for number, call in enumerate(calls):
        log = work / f"log{number}"
        run(["oscap", "--verbose", "DEVEL", "--verbose-log-file", str(log), *call.format(d=data).split()], seconds=45, cwd=work)  # fmt: skip
        lines = list(parsed(lines_of(log), form))
        found += lines[:: max(1, len(lines) // 4000)]
    yield from _sampled(iter(found))


def zypper(work: Path) -> Iterator[Placed]:
    """zypper (C++) in a root of its own: repositories that are empty, away, broken; locks, searches, installs that fail."""
    env = {"ZYPP_LOGFILE": str(work / "log"), "HOME": str(work), "LANG": "C.UTF-8"}
    (work / "empty").mkdir()
    (work / "bad" / "repodata").mkdir(parents=True)
    (work / "bad" / "repodata" / "repomd.xml").write_text("<repomd><data type='primary'><location href='none'/></data>")
    (work / "md" / "repodata").mkdir(parents=True)
    primary = '<?xml version="1.0"?><metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="9">' + "".join(f'<package type="rpm"><name>p{n}</name><arch>noarch</arch><version epoch="0" ver="{n}.0" rel="1"/><checksum type="sha256" pkgid="YES">{n:064d}</checksum><summary>s</summary><description>d</description><packager/><url/><time file="1" build="1"/><size package="1" installed="1" archive="1"/><location href="p{n}.rpm"/><format><rpm:license>x</rpm:license><rpm:provides><rpm:entry name="p{n}" flags="EQ" epoch="0" ver="{n}.0" rel="1"/></rpm:provides><rpm:requires><rpm:entry name="{("p1", "nosuch", "p3")[n % 3]}"/></rpm:requires></format></package>' for n in range(1, 10)) + "</metadata>"  # fmt: skip
    (work / "md" / "repodata" / "primary.xml").write_text(primary)
    from hashlib import sha256

    code = sha256(primary.encode()).hexdigest()
    (work / "md" / "repodata" / "repomd.xml").write_text(f'<?xml version="1.0"?><repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1</revision><data type="primary"><checksum type="sha256">{code}</checksum><open-checksum type="sha256">{code}</open-checksum><location href="repodata/primary.xml"/><timestamp>1</timestamp><size>{len(primary)}</size><open-size>{len(primary)}</open-size></data></repomd>')  # fmt: skip
    calls = (f"ar -t plaindir dir://{work}/empty e", f"ar dir://{work}/bad b", f"ar --no-gpgcheck dir://{work}/md m", "ar http://127.0.0.1:9/x away", "ar junk", "lr -d", "ref", "ref m", "ref nosuch", "se p", "se -s --provides p1", "se nosuch", "info p1", "in p3", "in p2", "in nosuch", "in -D p9 p4", "rm p1", "up", "dup", "patch", "lp", "pa", "pt", "al p5", "al nosuch*", "ll", "rl p5", "in p5", "mr -d b", "mr -p 50 m", "mr nosuch", "nr m mm", "as http://127.0.0.1:9 srv", "ls", "refs", "rs srv", "rr away", "clean -a", "ve", "wp p3", "if m", "ps", "download p1", "source-install p1", "what-provides p7", "targetos", "needs-rebooting", "products", "licenses", "tos", "purge-kernels", "nosuch")  # fmt: skip
    for round_ in range(4):
        for number, call in enumerate(calls):
            more = ("", "--no-refresh", "--releasever 9", "--gpg-auto-import-keys")[(round_ + number) % 4].split()
            run(["zypper", "-n", "--root", f"{work}/root{round_}", *more, *call.split()], seconds=15, env=env, cwd=work)
    form = (
        r"\S+ \S+ <(?P<level>\d)> [^(]*\(\d+\) \[(?P<logger>[^\]]+)\] (?P<place>[\w./+-]+\(.*?\):\d+) (?P<message>.*)"
    )
    yield from _sampled(parsed(lines_of(work / "log"), form))


def sentencepiece(work: Path) -> Iterator[Placed]:
    """SentencePiece (C++): trainings of four kinds over texts of several sizes, wrong options, models that are missing."""
    for number in range(5):
        (work / f"t{number}").write_text("\n".join(f"the cat {n * number} sat on {'mat' * (n % 5)} Ж{n} long-word{n % 97} a b c" for n in range(60 * (number + 1) ** 2)))  # fmt: skip
    (work / "t9").write_text("a\t3\nbb\t5\njunk\n")
    more = ("", "--character_coverage=0.9", "--split_by_number=false", "--input_sentence_size=50 --shuffle_input_sentence=true", "--user_defined_symbols=<x>,<y>", "--byte_fallback=true", "--max_sentence_length=20", "--pad_id=3", "--bos_id=-1", "--treat_whitespace_as_suffix=true", "--normalization_rule_name=nosuch", "--vocab_size=9", "--vocab_size=99999", "--hard_vocab_limit=false --vocab_size=9999", "--input_format=tsv", "--self_test_sample_size=5", "--num_threads=2", "--seed_sentencepiece_size=50", "--nosuch=1", "--unk_id=9", "--split_digits=true", "--add_dummy_prefix=false", "--required_chars=Q", "--enable_differential_privacy=true", "--denormalization_rule_tsv=none")  # fmt: skip
    program = "import sys, sentencepiece as s\ntry: s.SentencePieceTrainer.Train(sys.argv[1])\nexcept BaseException: pass\ntry:\n    p = s.SentencePieceProcessor(); p.Load('m.model'); p.Encode('hello x', out_type=str); p.SetVocabulary(['a', 'nosuch']); p.Encode('x', enable_sampling=True, alpha=.1, nbest_size=-1); p.Decode([99999]); p.Load('none')\nexcept BaseException: pass\n"
    (work / "p.py").write_text(program)
    form = r"(?P<level>[IWEF])\d{4} [\d:.]+ +\d+ (?P<place>[\w./-]+\.(?:cc|h):\d+)\] (?P<message>.*)"
    for number in range(100):
        text = f"t{number % 5}" if number % 11 else ("none", "t9")[number % 2]
        options = f"--input={text} --model_prefix=m --model_type={('unigram', 'bpe', 'word', 'char', 'nosuch')[number % 5 if number % 9 else 4]} {'' if 'vocab' in more[number % 25] else f'--vocab_size={40 + number}'} {more[number % 25]}"
        yield from parsed(run([f"{VENV}/bin/python", "p.py", options], seconds=20, cwd=work).splitlines(), form)


def taichi(work: Path) -> Iterator[Placed]:
    """Taichi (C++ below Python) at its finest level: kernels that compile, fail, are cached; fields, arrays, other machines."""
    program = "import sys, taichi as ti\nn = int(sys.argv[1])\nti.init(arch=[ti.cpu, ti.cuda, ti.vulkan, ti.opengl][n % 4], log_level=ti.TRACE, offline_cache=n % 3 == 0, offline_cache_file_path='c', debug=n % 5 == 1, advanced_optimization=n % 2 == 0, kernel_profiler=n % 6 == 2, cpu_max_num_threads=1 + n % 3, print_ir=False, random_seed=n)\nx = ti.field(ti.f32, shape=(8 + n,)); y = ti.Vector.field(2, ti.i32, shape=(4, 4)); s = ti.root.pointer(ti.i, 4).dense(ti.i, 4); z = ti.field(ti.i32); s.place(z)\n@ti.func\ndef g(a): return a * 2 + ti.sin(a)\n@ti.kernel\ndef k(a: ti.f32) -> ti.f32:\n    t = 0.0\n    for i in x: x[i] = g(a) + i; t += x[i]\n    return t\n@ti.kernel\ndef m():\n    for i, j in y: y[i, j] = ti.Vector([i, j]); ti.atomic_add(y[0, 0][0], 1)\n    for i in z: z[i] = i\n@ti.kernel\ndef bad(): assert x[0] > 1e9; y[99, 99] = ti.Vector([1, 2])\n@ti.kernel\ndef wrong(): q = nosuch + 1\nfor f in (lambda: k(1.5), lambda: k(n), m, bad, wrong, lambda: s.deactivate_all(), lambda: ti.ndarray(ti.f32, (9,)).fill(2), lambda: ti.sync(), lambda: ti.profiler.print_kernel_profiler_info(), lambda: x.to_numpy(), lambda: x.from_numpy(y.to_numpy()), lambda: ti.aot.Module().save('aot'), lambda: ti.snode.rescale_index(x, y, 1), lambda: ti.reset()):\n    try: f()\n    except BaseException as e: pass\n"
    (work / "p.py").write_text(program)
    form = r"\[(?P<level>[A-Z]) [^\]]*\] \[(?P<place>[^\]@]+@\d+)\] (?P<message>.*)"
    found: list[Placed] = []
    for number in range(24):
        text = run([f"{VENV}/bin/python", "p.py", str(number)], seconds=40, cwd=work, env={"HOME": str(work), "TI_LOG_LEVEL": "trace"})  # fmt: skip
        found += list(parsed(text.splitlines(), form))[:2500]
    yield from _sampled(iter(found))


def paddle(work: Path) -> Iterator[Placed]:
    """PaddlePaddle (C++ below Python), talkative: layers, training, graphs, saving, wrong shapes, devices that are missing."""
    program = "import sys, paddle, paddle.nn as nn, paddle.nn.functional as F\nn = int(sys.argv[1])\ndef f():\n    a = paddle.rand([4, 3 + n]); b = paddle.rand([3 + n, 2]); c = a @ b; c.sum().backward(); print(c.shape)\n    m = nn.Sequential(nn.Linear(3 + n, 5), nn.ReLU(), nn.Linear(5, 1)); o = paddle.optimizer.Adam(parameters=m.parameters())\n    for _ in range(3): loss = m(a).mean(); loss.backward(); o.step(); o.clear_grad()\n    paddle.save(m.state_dict(), 'm.p'); m.set_state_dict(paddle.load('m.p'))\ndef s(): paddle.jit.save(paddle.jit.to_static(nn.Linear(4, 2), input_spec=[paddle.static.InputSpec([None, 4])]), 'net')\ndef t():\n    paddle.enable_static(); x = paddle.static.data('x', [None, 4]); y = paddle.static.nn.fc(x, 3); e = paddle.static.Executor(); e.run(paddle.static.default_startup_program()); import numpy; e.run(feed={'x': numpy.ones((2, 4), 'float32')}, fetch_list=[y]); paddle.disable_static()\ncalls = [f, s, t, lambda: paddle.ones([2, 3]) @ paddle.ones([2, 3]), lambda: paddle.set_device('gpu:9'), lambda: nn.Conv2D(3, 4, 3)(paddle.rand([1, 3, 8, 8])).sum().backward(), lambda: nn.LSTM(4, 5)(paddle.rand([2, 3, 4])), lambda: paddle.jit.load('none'), lambda: F.softmax(paddle.rand([3, 3])).argmax(), lambda: paddle.concat([paddle.ones([1, 2]), paddle.ones([2, 3])]), lambda: paddle.linalg.svd(paddle.rand([3, 3])), lambda: paddle.io.DataLoader([1, 2, 3], num_workers=0).__iter__().__next__(), lambda: paddle.nosuch, lambda: paddle.to_tensor([1, 2], dtype='int8').astype('float16').cumsum()]\nfor k in (n % 14, (n * 5 + 3) % 14, (n * 3 + 1) % 14):\n    try: calls[k]()\n    except BaseException: pass\n"
    (work / "p.py").write_text(program)
    form = r"(?P<level>[IWEF])\d{4} [\d:.]+ +\d+ (?P<place>[\w./-]+\.(?:cc|h|cu):\d+)\] (?P<message>.*)"
    found: list[Placed] = []
    for number in range(14):
        text = run([f"{VENV}/bin/python", "p.py", str(number)], seconds=60, cwd=work, env={"HOME": str(work), "GLOG_v": str(4 + number % 3), "GLOG_logtostderr": "1"})  # fmt: skip
        lines = list(parsed(text.splitlines(), form))
        found += lines[:: max(1, len(lines) // 2500)]
    yield from _sampled(iter(found))


def postgres_exporter(work: Path) -> Iterator[Placed]:
    """Prometheus' exporter of PostgreSQL (Go): servers that answer, are away, refuse; queries of one's own that fail."""
    base = max(Path("/usr/lib/postgresql").glob("*/bin"))
    run(["chown", "postgres", str(work)])
    as_owner = ["runuser", "-u", "postgres", "--"]
    run([*as_owner, f"{base}/initdb", "-D", f"{work}/pg", "-A", "trust"], seconds=60)
    server = background(
        [*as_owner, f"{base}/postgres", "-D", f"{work}/pg", "-p", "44720", "-k", str(work)], work / "pglog"
    )
    time.sleep(4)
    (work / "q.yml").write_text('a: {query: "select 1 as x, now() as t", metrics: [{x: {usage: GAUGE, description: d}}, {t: {usage: LABEL, description: d}}]}\nb: {query: "select nosuch", metrics: [{x: {usage: GAUGE, description: d}}]}\nc: {query: "select \'junk\' as y", metrics: [{y: {usage: COUNTER, description: d}}]}\n')  # fmt: skip
    (work / "bad.yml").write_text("a: [")
    form = r"ts=\S+ caller=(?P<place>\S+) level=(?P<level>\w+) (?P<message>.*)"
    names = ("postgresql://postgres@127.0.0.1:44720/postgres?sslmode=disable", "postgresql://nosuch@127.0.0.1:44720/x?sslmode=disable", "postgresql://a@127.0.0.1:9/x?sslmode=disable", "host=127.0.0.1 port=44720 user=postgres sslmode=require", "junk://", "postgresql://postgres@127.0.0.1:44720/postgres?sslmode=disable,postgresql://a@127.0.0.1:9/x", "")  # fmt: skip
    options: tuple[list[str], ...] = ([], ["--extend.query-path", f"{work}/q.yml"], ["--extend.query-path", f"{work}/bad.yml"], ["--auto-discover-databases"], ["--disable-default-metrics"], ["--constantLabels", "a=b,junk"], ["--disable-settings-metrics", "--collector.nosuch"], ["--exclude-databases", "postgres", "--auto-discover-databases"], ["--dumpmaps"], ["--web.listen-address", "junk"])  # fmt: skip
    for number in range(28):
        log = work / f"log{number}"
        exporter = background(["prometheus-postgres-exporter", "--log.level=debug", "--web.listen-address=127.0.0.1:44721", *options[number % 10]], log, env={"DATA_SOURCE_NAME": names[(number + number // 7) % 7]})  # fmt: skip
        time.sleep(1)
        for count in range(6):
            if count == 3 and number % 2:
                run(["psql", "-h", "127.0.0.1", "-p", "44720", "-U", "postgres", "-c", f"create database d{number}"])
            run(["curl", "-s", "-m", "4", f"http://127.0.0.1:44721/{('metrics', 'probe?target=127.0.0.1:9', '')[count % 3 if count else 0]}"], seconds=6)  # fmt: skip
        ended(exporter)
        yield from parsed(lines_of(log), form)
    ended(server)
