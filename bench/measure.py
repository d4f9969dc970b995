"""What a process costs: shared by the scripts of this folder."""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile


class Cost:
    """Wall and CPU seconds (user + system, with children) and peak resident memory in MB."""

    def __init__(self, wall_s, cpu_s, peak_mb):
        self.wall_s, self.cpu_s, self.peak_mb = wall_s, cpu_s, peak_mb


def timed(command, log, accepted=(0,)):
    """Runs `command` under time(1), which is small itself, so that the peak is the command's."""
    with tempfile.NamedTemporaryFile("r") as report:
        status = subprocess.run(
            ["/usr/bin/time", "-q", "-o", report.name, "-f", "%e %U %S %M"] + command,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log).returncode
        if status not in accepted:
            sys.exit("%s: exit status %d; see %s" % (" ".join(command), status, log.name))
        wall, user, system, peak_kb = (float(part) for part in report.read().split()[-4:])
    return Cost(wall, user + system, peak_kb / 1024)


def cpu_ms(command, accepted=(0, 1)):
    """User + system time of one whole process in milliseconds; its output is thrown away."""
    null = os.open(os.devnull, os.O_RDWR)
    redirect = [(os.POSIX_SPAWN_DUP2, null, target) for target in (0, 1, 2)]
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=redirect)
    os.close(null)
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in accepted:
        sys.exit("%s: exit status %d" % (" ".join(command), os.waitstatus_to_exitcode(status)))
    return 1000 * (usage.ru_utime + usage.ru_stime)


def files_below(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(where, name)


def size_mb(folder):
    return sum(os.path.getsize(path) for path in files_below(folder)) / 1e6


def read_all(folder):
    """Reads every file once, so that no tool pays for the disk; returns their number and MB."""
    count, size = 0, 0
    for path in files_below(folder):
        with open(path, "rb") as file:
            size += len(file.read())
            count += 1
    return count, size / 1e6


def require(*programs):
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        print("skipped: %s not found (tools/install-packages bench; put the built programs into PATH)"
              % ", ".join(missing))
        sys.exit(77)


median = statistics.median
