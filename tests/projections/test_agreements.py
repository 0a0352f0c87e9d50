"""Agreements with other bodies: in force, varied, and how far an ending has gone."""

from datetime import date

import pytest

from ledger import When
from ledger.events import (
    AgreementEnded,
    AgreementMade,
    AgreementNoticeGiven,
    AgreementNoticeIntended,
    AgreementStage,
    AgreementVaried,
)
from ledger.projections.agreements import Agreement, Intention, Variation, agreements

MADE = AgreementMade(
    trust="RHA",
    on="../2025-03",
    agreement="social-care",
    title="Section 75 agreement on social care",
    parties=["the trust", "the council"],
    form="section 75 agreement",
    scope="adult social care",
    until="2027-03",
)
INTENDED = AgreementNoticeIntended(
    trust="RHA",
    on="2025-12-01",
    agreement="social-care",
    stage="announced",
    by="the council",
    subject_to=["consultation", "cabinet approval"],
    text="Services move in 2026.",
)
GIVEN = AgreementNoticeGiven(trust="RHA", on="2026-02-01", agreement="social-care", by="the council", ends="2026-07-31")
ENDED = AgreementEnded(trust="RHA", on="2026-08-01", agreement="social-care")


def test_an_agreement_is_on_record_as_made() -> None:
    """Everything that is said of an agreement is kept."""
    assert agreements.fold([MADE])["social-care"] == Agreement(
        agreement="social-care",
        title="Section 75 agreement on social care",
        parties=frozenset({"the trust", "the council"}),
        form="section 75 agreement",
        scope="adult social care",
        made_on=When("../2025-03"),
        until=When("2027-03"),
        last_heard=date(2025, 3, 31),
    )


def test_the_first_telling_of_an_agreement_stands() -> None:
    """An agreement told of again keeps its first day and the terms told first; parties are gathered."""
    again = AgreementMade(
        trust="RHA",
        on="2025-06-01",
        agreement="social-care",
        title="Agreement",
        parties=["the council", "the board"],
        form="contract",
        scope="children's care",
        until="2028-03",
    )
    assert agreements.fold([MADE, again])["social-care"] == Agreement(
        agreement="social-care",
        title="Section 75 agreement on social care",
        parties=frozenset({"the trust", "the council", "the board"}),
        form="section 75 agreement",
        scope="adult social care",
        made_on=When("../2025-03"),
        until=When("2027-03"),
        last_heard=date(2025, 6, 1),
    )


def test_a_second_telling_of_an_agreement_fills_gaps() -> None:
    """What the first telling left out comes from the next."""
    bare = AgreementMade(trust="RHA", on="2025-01-01", agreement="social-care", title="Social care")
    assert agreements.fold([bare, MADE])["social-care"] == Agreement(
        agreement="social-care",
        title="Social care",
        parties=frozenset({"the trust", "the council"}),
        form="section 75 agreement",
        scope="adult social care",
        made_on=When("2025-01-01"),
        until=When("2027-03"),
        last_heard=date(2025, 3, 31),
    )


def test_each_variation_is_kept() -> None:
    """Variations come in order, each with its reason, its end or its length; the scope first agreed stays."""
    given = [
        MADE,
        AgreementVaried(
            trust="RHA", on="2025-05-01", agreement="social-care", scope="hospital teams too", reason="winter", until="2025-10"
        ),
        AgreementVaried(trust="RHA", on="2025-06", agreement="social-care", scope="one team less", period="six months"),
    ]
    agreement = agreements.fold(given)["social-care"]
    assert agreement.variations == (
        Variation(scope="hospital teams too", on=When("2025-05-01"), reason="winter", until=When("2025-10")),
        Variation(scope="one team less", on=When("2025-06"), period="six months"),
    )
    assert (agreement.scope, agreement.last_heard) == ("adult social care", date(2025, 6, 30))


def test_an_intention_to_give_notice_gives_none() -> None:
    """An intention is kept with its stage, who has it and what it is subject to; no notice is given by it."""
    agreement = agreements.fold([MADE, INTENDED])["social-care"]
    assert agreement.intentions == (
        Intention(
            stage=AgreementStage.ANNOUNCED,
            on=When("2025-12-01"),
            by="the council",
            subject_to=frozenset({"consultation", "cabinet approval"}),
            text="Services move in 2026.",
        ),
    )
    assert agreement.notice_given_on is None
    assert agreement.ended_on is None
    assert agreement.last_heard == date(2025, 12, 1)


def test_intentions_come_in_order() -> None:
    """Each stage of an intention is kept."""
    decided = AgreementNoticeIntended(trust="RHA", on="2026-01-01", agreement="social-care", stage="decided")
    stages = [one.stage for one in agreements.fold([MADE, INTENDED, decided])["social-care"].intentions]
    assert stages == [AgreementStage.ANNOUNCED, AgreementStage.DECIDED]


def test_notice_and_end_are_kept() -> None:
    """Notice keeps who gave it, when, and the last day it names; the end its own day."""
    agreement = agreements.fold([MADE, GIVEN, ENDED])["social-care"]
    assert (agreement.notice_given_on, agreement.notice_given_by) == (When("2026-02-01"), "the council")
    assert (agreement.ends, agreement.ended_on) == (When("2026-07-31"), When("2026-08-01"))
    assert agreement.last_heard == date(2026, 8, 1)


BARE_NOTICE = AgreementNoticeGiven(trust="RHA", on="2026-03-02", agreement="social-care")
BY_THE_TRUST = AgreementNoticeGiven(trust="RHA", on="2026-03-02", agreement="social-care", by="the trust")
WITH_AN_END = AgreementNoticeGiven(trust="RHA", on="2026-03-02", agreement="social-care", ends="2026-09")


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ([MADE], "no ending on record"),
        ([MADE, INTENDED], "notice intended; none given on record"),
        ([MADE, INTENDED, GIVEN], "notice given 1 February 2026 by the council, to end 31 July 2026"),
        ([MADE, GIVEN, INTENDED], "notice given 1 February 2026 by the council, to end 31 July 2026"),
        ([MADE, BARE_NOTICE], "notice given 2 March 2026"),
        ([MADE, BY_THE_TRUST], "notice given 2 March 2026 by the trust"),
        ([MADE, WITH_AN_END], "notice given 2 March 2026, to end September 2026"),
        ([MADE, INTENDED, GIVEN, ENDED], "ended 1 August 2026"),
        ([MADE, ENDED, GIVEN], "ended 1 August 2026"),
        ([ENDED, MADE], "ended 1 August 2026"),
    ],
)
def test_where_the_ending_of_an_agreement_stands(
    given: list[AgreementMade | AgreementNoticeIntended | AgreementNoticeGiven | AgreementEnded], status: str
) -> None:
    """No ending is on record until one is, whichever is known first; an end outranks notice, and notice an intention."""
    assert agreements.fold(given)["social-care"].status == status


def test_an_agreement_reads_aloud() -> None:
    """The words of an agreement say where it stands, when it was made, between whom, what it is and covers, and until when."""
    agreement = agreements.fold([MADE])["social-care"]
    assert agreement.about == ("agreement", "social-care")
    assert str(agreement) == (
        "Section 75 agreement on social care: no ending on record; made by March 2025; "
        "between the council and the trust; section 75 agreement; adult social care; until March 2027"
    )


def test_changes_and_intentions_read_aloud() -> None:
    """The words of an agreement give each variation with how long and why, and each intention with who and under what."""
    given = [
        AgreementMade(trust="RHA", on="2025-01-01", agreement="social-care", title="Social care"),
        AgreementVaried(
            trust="RHA", on="2025-05-01", agreement="social-care", scope="hospital teams too", reason="winter", until="2025-10"
        ),
        AgreementVaried(trust="RHA", on="2025-06-01", agreement="social-care", scope="one team less", period="six months"),
        INTENDED,
        AgreementNoticeIntended(trust="RHA", on="2026-01-01", agreement="social-care", stage="decided"),
    ]
    assert str(agreements.fold(given)["social-care"]) == (
        "Social care: notice intended; none given on record; made 1 January 2025; "
        "changed 1 May 2025: hospital teams too, until October 2025, because: winter; "
        "changed 1 June 2025: one team less, six months; "
        "notice announced 1 December 2025, by the council, subject to cabinet approval, consultation, Services move in 2026; "
        "notice decided 1 January 2026"
    )


def test_an_agreement_known_only_by_its_end_goes_by_its_id() -> None:
    """An end without a beginning is kept and says what is not on record."""
    assert str(agreements.fold([ENDED])["social-care"]) == "social-care: ended 1 August 2026; making not on record"


def test_why_an_agreement_ended_is_kept() -> None:
    """The reason for the end is kept and read aloud after it; an end without a reason gives none."""
    ended = AgreementEnded(trust="RHA", on="2026-08-01", agreement="social-care", reason="the council took the work back")
    made = AgreementMade(trust="RHA", on="2025-01-01", agreement="social-care", title="Social care")
    agreement = agreements.fold([made, ended])["social-care"]
    assert (agreement.ended_on, agreement.because) == (When("2026-08-01"), "the council took the work back")
    assert str(agreement) == ("Social care: ended 1 August 2026; because: the council took the work back; made 1 January 2025")
    assert agreements.fold([made, ENDED])["social-care"].because is None
