"""Le processus entier : ce qui a été écrit sort en entier, et un lecteur parti ne gêne personne."""

from __future__ import annotations

import subprocess
import sys

from clsmon.rules.explain import codes, explain

COMMANDE = [sys.executable, "-m", "clsmon"]


def test_all_that_was_written_comes_out_before_the_process_ends() -> None:
    resultat = subprocess.run([*COMMANDE, "explain", "FIC012"], capture_output=True, check=True)
    assert resultat.stdout.decode("utf-8").replace("\r\n", "\n") == explain("FIC012")
    assert "FIC012" in codes()


def test_the_exit_code_reaches_the_shell() -> None:
    resultat = subprocess.run([*COMMANDE, "explain", "XYZ999"], capture_output=True, check=False)
    assert (resultat.returncode, resultat.stdout) == (2, b"")


def test_a_reader_that_left_is_no_failure() -> None:
    with subprocess.Popen(
        [*COMMANDE, "explain", "FIC012"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as processus:
        assert processus.stdout
        assert processus.stderr
        processus.stdout.close()
        assert (processus.stderr.read(), processus.wait()) == (b"", 0)
