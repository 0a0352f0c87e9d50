"""The commands that let others check a ledger: `key`, `checkpoint`, `prove`, `verify-proof` and `verify`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from .._codec import decode
from .._ledger import Ledger
from .._show import Line, Page, Section, plain, spaced
from .._stub import is_stub, leaf_of
from .._verify import Verification
from ..errors import ProofError
from ..events import Event
from ..proofs import Checkpoint, LogProof, SignedNote, SigningKey, VerifierKey
from ._paths import read_bytes, write_new
from ._shared import DEFAULT, PROBLEMS, AsJson, Place, dump, entries, show

__all__ = ["checkpoint", "key", "prove", "verify", "verify_proof"]

KeyFile = Annotated[Path, typer.Option("--key", help="The file with the ledger's secret key.")]
PublicKey = Annotated[Path, typer.Option("--key", help="The file with the ledger's public key.")]
OWNER_ONLY = 0o600


def key(
    name: Annotated[str, typer.Argument(help="What the ledger is called in its checkpoints: an address without a scheme.")],
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write the secret key; the public one goes to FILE.pub.")
    ],
) -> None:
    """Make the key that signs a ledger's checkpoints: a secret one to keep, and a public one to give away."""
    made = SigningKey.generate(name)
    write_new(path, [f"{made.text}\n".encode()], mode=OWNER_ONLY)
    public = path.with_name(f"{path.name}.pub")
    write_new(public, [f"{made.verifier}\n".encode()])
    print(f"The secret key is in {path}: whoever has it can sign in the ledger's name.")
    print(f"The public key is in {public}: {made.verifier}")


def checkpoint(
    key_file: KeyFile,
    place: Place = DEFAULT,
    to: Annotated[Path | None, typer.Option("--to", help="A new file to write it to; without it, it is printed.")] = None,
) -> None:
    """Sign how many entries there are and the root over them. Whoever keeps it can later tell that nothing of it was changed."""
    signer = SigningKey.parse(_text(key_file))
    with Ledger.open(place, create=False) as ledger:
        signed = ledger.checkpoint(signer)
    if to is None:
        print(signed, end="")
        return
    write_new(to, [signed.encoded])
    print(f"Signed: {entries(Checkpoint.parse(signed.text).size)}; the checkpoint is in {to}.")


def prove(
    number: Annotated[int, typer.Argument(min=1, help="The entry.")],
    signed: Annotated[
        Path, typer.Option("--checkpoint", help="A file with a signed checkpoint of the ledger that has the entry.")
    ],
    to: Annotated[Path, typer.Option("--to", help="The new file to write the proof to.")],
    place: Place = DEFAULT,
) -> None:
    """Write what shows that an entry is in the ledger: `verify-proof` checks it with the public key and nothing else."""
    with Ledger.open(place, create=False) as ledger:
        proof = ledger.prove(number, SignedNote.parse(read_bytes(signed)))
    write_new(to, [proof.encoded])
    print(f"The proof of entry {number} is in {to}.")


def verify_proof(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file with the proof.")],
    public: PublicKey,
    as_json: AsJson = False,
) -> None:
    """Check a proof, and show the entry that it is of. It needs no ledger."""
    proof = LogProof.parse(read_bytes(path))
    if proof.extra is None:
        raise ProofError(f"{path} does not hold the entry itself: have it made with `trust-ledger prove`", path)
    signed = proof.verify(leaf_of(proof.extra), VerifierKey.parse(_text(public)))
    number = proof.index + 1
    entry = decode(number, proof.extra)
    if as_json:
        told = {"type": type(entry.event).__name__, **plain(entry.event)}
        dump(
            {"entry": number, "origin": signed.origin, "size": signed.size, "is_redacted": is_stub(proof.extra), "event": told}
        )
        return
    title = f"Entry {number} is in the ledger {signed.origin}, as signed when it had {entries(signed.size)}"
    if is_stub(proof.extra):
        notes = ("It was redacted since: that an entry of this hash is there is proved; what is said of it below is not.",)
    else:
        notes = (f"Recorded {plain(entry.recorded_at)} by {entry.recorded_by}, as it says itself.",)
    heading = f"{entry.event.trust}, {spaced(type(entry.event).__name__)}"
    values = {name: one for name, one in plain(entry.event).items() if one not in (None, []) and name != "trust"}
    lines = tuple(Line(name, str(one)) for name, one in values.items())
    cited = tuple(Line("Source", str(one)) for one in entry.sources) if isinstance(entry.event, Event) else ()
    show(Page(title, notes, (Section(heading, (*lines, *cited)),)))


def verify(
    place: Place = DEFAULT,
    kept: Annotated[
        list[Path] | None,
        typer.Option("--checkpoint", help="A file with a checkpoint that was kept elsewhere; may be given again."),
    ] = None,
    public: Annotated[
        Path | None, typer.Option("--key", help="The file with the public key that the checkpoints are signed with.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read every entry again and name what is wrong, also against checkpoints that were kept elsewhere."""
    verifier = None if public is None else VerifierKey.parse(_text(public))
    checkpoints = [_checkpoint(path, verifier) for path in kept or ()]
    with Ledger.open(place, create=False) as ledger:
        found = ledger.verify(*checkpoints)
    if as_json:
        held = [{"origin": one.origin, "size": one.size} for one in found.checkpoints]
        dump({"size": found.size, "root": found.root.hex(), "findings": plain(found.findings), "checkpoints": held})
    else:
        title = f"{place}: {entries(found.size)}, root {found.root.hex()}"
        lines = tuple(Line(one.what, one.message) for one in found.findings)
        notes = tuple(_notes(found, are_given=bool(checkpoints), are_signed=verifier is not None))
        show(Page(title, notes, (Section("Wrong", lines),) if lines else ()))
    if found.findings:
        raise typer.Exit(PROBLEMS)


def _notes(found: Verification, *, are_given: bool, are_signed: bool) -> Iterator[str]:
    """Yield what a reader must know of a verification."""
    for one in found.checkpoints:
        yield f"Agrees with the checkpoint of {one.origin} over {entries(one.size)}."
    if are_given and not are_signed:
        yield "The signatures of the checkpoints were not looked at: give the public key with --key."
    if not found.findings:
        yield (
            "Nothing is wrong, as far as this can tell."
            if are_given
            else (
                "Nothing is wrong, as far as the ledger itself can tell. Only a checkpoint kept elsewhere shows that not all is new."
            )
        )


def _checkpoint(path: Path, verifier: VerifierKey | None) -> Checkpoint:
    """Read a checkpoint; its signature is checked where the key is known."""
    note = SignedNote.parse(read_bytes(path))
    try:
        return Checkpoint.parse(note.text) if verifier is None else Checkpoint.verify(note, verifier)
    except ProofError as wrong:
        raise ProofError(f"{path}: {wrong}", path) from wrong


def _text(path: Path) -> str:
    """Read a file with a key, which is one line of ASCII."""
    return read_bytes(path).decode("ascii", "replace").strip()
