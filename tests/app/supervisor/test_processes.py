"""Children, leftovers and the claim on an instance, with small programs in place of web and worker."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from app.supervisor import children, claim, leftovers
from app.supervisor.children import Program
from app.supervisor.claim import AlreadyRunning, Identity, Run
from app.supervisor.signals import StopRequested, stop_on_signal

STEADY = "import time; print('up', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', sys.argv[1]]); time.sleep(60)"


def program(source: str, *arguments: str, **environment: str) -> Program:
    return Program("test", (sys.executable, "-c", source, *arguments), {**os.environ, **environment})


def wait_for(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def group_of(leader: int) -> list[int]:
    found = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except (ProcessLookupError, psutil.Error):
            continue
    return found


@pytest.fixture
def marked(instance: Path) -> Iterator[Callable[..., psutil.Process]]:
    """Start a process that carries marks, and wait until they can be seen."""
    started: list[subprocess.Popen[str]] = []

    def start(source: str, **environment: str) -> psutil.Process:
        command = [sys.executable, "-c", source]
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout.readline() == "up\n"
        return psutil.Process(process.pid)

    yield start
    for process in started:
        process.kill()
        process.communicate()


class TestChildren:
    def test_none_outlives_its_block_nor_what_it_started(self):
        with children.running([program(STEADY), program(PARENT, STEADY)]) as crew:
            leaders = [child.process.pid for child in crew]
            wait_for(lambda: len(group_of(leaders[1])) == 2)
        wait_for(lambda: [group_of(leader) for leader in leaders] == [[], []], seconds=2)

    def test_one_that_does_not_listen_is_killed(self, instance: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(children, "STOPPED_WITHIN", 0.3)
        deaf_now = (
            f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({str(instance / 'deaf')!r}, 'w')\n"
        )
        with children.running([program(deaf_now + STEADY)]) as [child]:
            wait_for((instance / "deaf").exists)
        assert child.process.returncode == -signal.SIGKILL

    def test_one_that_dies_is_started_again_each_time_after_a_longer_pause(self):
        pauses = []
        with children.running([program("pass")]) as [child]:
            for _ in range(3):
                child.process.wait()
                child.keep_up()
                pauses.append(round(child.restart_at - time.monotonic(), 1))
                wait_for(lambda: child.keep_up() or child.restart_at is None)
        assert pauses == [0.2, 0.4, 0.8]

    def test_the_pause_has_an_end_and_is_forgotten_after_a_steady_time(self):
        with children.running([program("pass")]) as [child]:
            child.process.wait()
            child.deaths = 1000
            child.keep_up()
            assert round(child.restart_at - time.monotonic()) == children.LONGEST_DELAY
            child.restart_at, child.started = None, child.started - children.STEADY_AFTER - 1
            child.keep_up()
            assert child.deaths == 1

    def test_what_a_dead_one_had_started_is_killed_before_it_starts_again(self):
        with children.running([program(PARENT, STEADY)]) as [child]:
            first = child.process.pid
            wait_for(lambda: len(group_of(first)) == 2)
            child.process.kill()
            child.process.wait()
            child.keep_up()
            wait_for(lambda: group_of(first) == [])

    def test_a_child_ends_with_a_supervisor_that_was_killed(self):
        source = (
            "import os, sys, time\n"
            "from app.supervisor.children import Child, Program\n"
            f"child = Child.start(Program('t', (sys.executable, '-c', {STEADY!r}), dict(os.environ)))\n"
            "print(child.process.pid, flush=True)\n"
            "time.sleep(60)"
        )
        command = [sys.executable, "-c", source]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=children.PROJECT) as supervisor:
            child = int(supervisor.stdout.readline())
            wait_for(lambda: STEADY in psutil.Process(child).cmdline())
            supervisor.kill()
            wait_for(lambda: group_of(child) == [])


class TestLeftovers:
    def test_only_processes_of_that_run_of_that_instance_are_found(self, instance: Path, marked):
        mine = marked(STEADY, **leftovers.marks(instance, "one"))
        marked(STEADY, **leftovers.marks(instance, "two"))
        marked(STEADY, **leftovers.marks(instance / "other", "one"))
        marked(STEADY, GAPLINE_INSTANCE=str(instance))
        assert leftovers.find(instance, "one") == [mine]

    def test_a_process_never_finds_itself(self, instance: Path):
        source = (
            "from pathlib import Path; from app.supervisor.leftovers import find;"
            f"print(find(Path({str(instance)!r}), 'one'))"
        )
        environment = {**os.environ, **leftovers.marks(instance, "one")}
        found = subprocess.run(
            [sys.executable, "-c", source], env=environment, cwd=children.PROJECT, capture_output=True, text=True
        )
        assert found.stdout == "[]\n"

    def test_they_end_the_deaf_ones_too(self, instance: Path, marked):
        processes = [marked(STEADY), marked(DEAF)]
        leftovers.end(processes, patience=0.3)
        assert not [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


class TestTheClaim:
    def test_it_is_there_while_it_is_held_and_gone_after(self, instance: Path):
        with claim.claim(instance) as run:
            assert claim.read(instance / "supervisor.pid") == run
            assert run.supervisor.process() == psutil.Process()
        assert not (instance / "supervisor.pid").exists()

    def test_a_second_one_is_refused_with_the_process_to_stop(self, instance: Path):
        first = claim.claim(instance)
        with first, pytest.raises(AlreadyRunning, match=f"process {os.getpid()}"), claim.claim(instance):
            pass

    def test_the_refused_one_takes_nothing_away(self, instance: Path):
        with claim.claim(instance) as run:
            with pytest.raises(AlreadyRunning), claim.claim(instance):
                pass
            assert claim.read(instance / "supervisor.pid") == run

    def test_what_a_killed_run_left_is_ended_first(self, instance: Path, marked):
        gone = Run(Identity(pid=1, created=0.0), None, "gone")
        with (instance / "supervisor.pid").open("w") as file:
            claim._write(file, gone)
        left = marked(STEADY, **leftovers.marks(instance, "gone"))
        with claim.claim(instance):
            assert not left.is_running() or left.status() == psutil.STATUS_ZOMBIE

    def test_what_this_run_left_is_ended_last(self, instance: Path, marked):
        with claim.claim(instance) as run:
            left = marked(STEADY, **leftovers.marks(instance, run.name))
        assert not left.is_running() or left.status() == psutil.STATUS_ZOMBIE

    @pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"supervisor": 1, "make": null, "name": "x"}'])
    def test_a_pid_file_that_was_cut_short_is_no_hindrance(self, instance: Path, content: str):
        (instance / "supervisor.pid").write_text(content)
        with claim.claim(instance) as run:
            assert claim.read(instance / "supervisor.pid") == run

    def test_a_process_id_that_now_belongs_to_somebody_else_is_not_taken_for_a_supervisor(self):
        now = Identity.of(psutil.Process())
        assert now.process() == psutil.Process()
        assert Identity(now.pid, now.created - 5).process() is None

    def test_a_supervisor_whose_make_has_gone_is_ended_and_replaced(self, instance: Path, marked):
        lock = f"import fcntl; f = open({str(instance / 'supervisor.pid')!r}, 'a'); fcntl.flock(f, fcntl.LOCK_EX)\n"
        orphan = marked(lock + STEADY)
        run = Run(Identity.of(orphan), Identity(pid=1, created=0.0), "orphan")
        with (instance / "supervisor.pid").open("w") as file:
            claim._write(file, run)
        with claim.claim(instance):
            assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE

    def test_a_file_that_its_holder_removed_meanwhile_is_locked_anew(self, instance: Path, monkeypatch):
        path, real = instance / "supervisor.pid", fcntl.flock

        def removed_just_before(file, how):
            monkeypatch.setattr(fcntl, "flock", real)
            path.unlink()
            return real(file, how)

        monkeypatch.setattr(fcntl, "flock", removed_just_before)
        with claim.claim(instance) as run:
            assert claim.read(path) == run


class TestSignals:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
    def test_the_first_one_stops_and_the_others_do_not_disturb_that(self, number: signal.Signals):
        finished = []

        def told_to_stop() -> None:
            try:
                signal.raise_signal(number)
            finally:
                signal.raise_signal(signal.SIGTERM)
                signal.raise_signal(signal.SIGINT)
                finished.append("in peace")

        with stop_on_signal(), pytest.raises(StopRequested, match=number.name):
            told_to_stop()
        assert finished == ["in peace"]

    def test_what_was_ignored_before_stays_ignored(self):
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            with stop_on_signal():
                signal.raise_signal(signal.SIGHUP)
        finally:
            signal.signal(signal.SIGHUP, before)

    def test_handlers_are_put_back(self):
        before = signal.getsignal(signal.SIGTERM)
        with stop_on_signal():
            assert signal.getsignal(signal.SIGTERM) != before
        assert signal.getsignal(signal.SIGTERM) == before
