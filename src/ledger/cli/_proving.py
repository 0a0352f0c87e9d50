"""The commands that let others check a ledger: `key`, `checkpoint`, `prove`, `verify-proof` and `verify`."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from .._codec import decode
from .._entry import Entry
from .._ledger import Ledger
from .._report import in_words
from .._show import Line, Page, Section, listed, plain, spaced
from .._store import named
from .._stub import is_stub, leaf_of
from .._verify import Verification
from .._when import day_in_words, day_of
from ..errors import FileError, ProofError, StoredEntryError
from ..events import Erased, Event
from ..proofs import Checkpoint, LogProof, SignedNote, SigningKey, VerifierKey
from ._paths import read_bytes, write_new
from ._shared import DEFAULT, PROBLEMS, AsJson, Place, dump, entries, show

__all__ = ["checkpoint", "key", "prove", "verify", "verify_proof"]

KeyFile = Annotated[Path, typer.Option("--key", help="The file with the ledger's secret key.")]
PublicKey = Annotated[Path, typer.Option("--key", help="The file with the ledger's public key.")]
OWNER_ONLY = 0o600

Read = TypeVar("Read")


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
    try:
        write_new(public, [f"{made.verifier}\n".encode()])
    except FileError:
        path.unlink()
        raise
    print(f"The secret key is in {path}: whoever has it can sign in the ledger's name.")
    print(f"The public key is in {public}: {made.verifier}")


def checkpoint(
    key_file: KeyFile,
    place: Place = DEFAULT,
    to: Annotated[Path | None, typer.Option("--to", help="A new file to write it to; without it, it is printed.")] = None,
) -> None:
    """Sign how many entries there are and the root over them. Whoever keeps it can later tell that nothing of it was changed."""
    signer = _key(key_file, SigningKey.parse)
    with Ledger.open(place, create=False) as ledger:
        signed = ledger.checkpoint(signer)
    if to is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(signed.encoded)  # byte for byte, whatever letters the terminal can show
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
    note = _parsed(signed, SignedNote.parse)
    _checkpoint(signed, note, None)
    with Ledger.open(place, create=False) as ledger:
        proof = ledger.prove(number, note)
    write_new(to, [proof.encoded])
    print(f"The proof of entry {number} is in {to}.")


def verify_proof(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file with the proof.")],
    public: PublicKey,
    as_json: AsJson = False,
) -> None:
    """Check a proof, and show the entry that it is of. It needs no ledger."""
    proof = _parsed(path, LogProof.parse)
    if proof.extra is None:
        raise ProofError(f"{path} does not hold the entry itself: have it made with `trust-ledger prove`", path)
    verifier = _key(public, VerifierKey.parse)
    try:
        signed = proof.verify(leaf_of(proof.extra), verifier)
        entry = decode(proof.index + 1, proof.extra)
    except (ProofError, StoredEntryError) as wrong:
        raise ProofError(f"{path}: {wrong}", path) from wrong
    if as_json:
        event = {"type": type(entry.event).__name__, **plain(entry.event)}
        told = {name: plain(getattr(entry, name)) for name in ("recorded_at", "recorded_by", "replaces", "reason", "sources")}
        proved = {"entry": entry.number, "origin": signed.origin, "size": signed.size, "is_redacted": is_stub(proof.extra)}
        dump({**proved, "event": event, **told})
    else:
        show(_page(entry, signed))


def _page(entry: Entry, signed: Checkpoint) -> Page:
    """Give what a proof shows, and what its entry says."""
    event, when = entry.event, day_in_words(day_of(entry.recorded_at))
    title = f"Entry {entry.number} is in the ledger {signed.origin}, as signed when it had {entries(signed.size)}"
    if isinstance(event, Erased):
        note = "It was redacted since: that an entry of this hash is there is proved; what is said of it below is not."
    else:
        note = f"Recorded on {when} by {entry.recorded_by}, as it says itself."
    fields = ((name.replace("_", " "), value) for name, value in plain(event).items() if name != "trust")
    said = (
        in_words(event)
        if isinstance(event, Event)
        else listed(f"{name} {value}" for name, value in fields if value is not None)
    )
    lines = [
        Line(f"{event.trust}, {spaced(type(event).__name__)}", said),
        *(Line("Replaces", f"entry {number}") for number in (entry.replaces,) if number),
        *(Line("Reason", reason) for reason in (entry.reason,) if reason),
        *(Line("Inferred", name.replace("_", " ")) for name in sorted(entry.inferred)),
        *(Line("Source", str(citation)) for citation in entry.sources),
    ]
    return Page(title, (note,), (Section("What it says", tuple(lines)),))


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
    verifier = None if public is None else _key(public, VerifierKey.parse)
    checkpoints = [_checkpoint(path, _parsed(path, SignedNote.parse), verifier) for path in kept or ()]
    with Ledger.open(place, create=False) as ledger:
        found = ledger.verify(*checkpoints)
    if as_json:
        held = [{"origin": one.origin, "size": one.size} for one in found.checkpoints]
        dump({"size": found.size, "root": found.root.hex(), "findings": plain(found.findings), "checkpoints": held})
    else:
        title = f"{named(place)}: {entries(found.size)}, root {found.root.hex()}"
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
                "Nothing is wrong, as far as the ledger itself can tell. Only a checkpoint kept elsewhere rules out that all was rewritten."
            )
        )


def _checkpoint(path: Path, note: SignedNote, verifier: VerifierKey | None) -> Checkpoint:
    """Read the checkpoint in a note of a file; its signature is checked where the key is known."""
    try:
        return Checkpoint.parse(note.text) if verifier is None else Checkpoint.verify(note, verifier)
    except ProofError as wrong:
        raise ProofError(f"{path}: {wrong}", path) from wrong


def _key(path: Path, parse: Callable[[str], Read]) -> Read:
    """Read a file with a key, which is one line of ASCII."""
    return _parsed(path, lambda data: parse(data.decode("ascii", "replace").strip()))


def _parsed(path: Path, parse: Callable[[bytes], Read]) -> Read:
    """Read what is in a file; what is wrong with it is told with its name."""
    data = read_bytes(path)
    try:
        return parse(data)
    except ProofError as wrong:
        raise ProofError(f"{path}: {wrong}", wrong.value) from wrong
