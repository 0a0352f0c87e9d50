"""The check that runs for long, run small."""

import pytest

from tests.endurance import proofs


@pytest.mark.parametrize(("leaves", "sizes"), [(1, 2), (64, 12), (301, 40)])
def test_all_proofs_hold_and_none_with_a_bit_flipped(leaves: int, sizes: int) -> None:
    """As many as there are leaves, and pairs of sizes."""
    found = proofs.check(leaves, sizes)
    pairs = sizes * (sizes - 1) // 2
    assert found == proofs.Figures(leaves, leaves, 0, pairs, pairs, 0)
    assert found.are_right


def test_a_verifier_that_believes_everything_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its flipped proofs are counted."""
    monkeypatch.setattr(proofs, "verify_inclusion", lambda *_: True)
    assert proofs.check(5, 2) == proofs.Figures(5, 5, 5, 1, 1, 0)
    assert not proofs.check(5, 2).are_right


@pytest.mark.parametrize(("figures", "code"), [((9, 9, 0, 1, 1, 0), 0), ((9, 8, 0, 1, 1, 0), 1), ((9, 9, 0, 1, 1, 1), 1)])
def test_the_figures_are_printed(
    figures: tuple[int, ...], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code says whether all are right."""
    monkeypatch.setattr(proofs, "check", lambda *_: proofs.Figures(*figures))
    with pytest.raises(SystemExit) as ended:
        proofs.main()
    assert ended.value.code == code
    assert capsys.readouterr().out.startswith("inclusion                        9\n")
