"""Reads any text of the report and gives each claim in it a verdict against the dossier.

A claim is what (an indicator) and for whom and when (applicant, result, period, scope), and how much or how it
relates (value, change, share, rank, all, none); or words that only a confirmed statement can carry. It is bound to
its facts by its words before it is judged; what cannot be bound is 未能核对, never passed over in silence.

`language` makes tokens of a sentence, `known` holds what the dossier can prove, `figures` and `words` read the claims
of either kind in the `reading` of one sentence, with the `state` that carries over to the next.
"""

from nianbao.checking.check import check_text, check_with
from nianbao.checking.known.evidence import Evidence, evidence_of
from nianbao.checking.language.lexicon import phrases
from nianbao.checking.language.quantities import Mention, quantities
from nianbao.checking.repeats import Repeat, repeats
from nianbao.checking.similarity import Copy, Passage, Similarity, copies, similarity
from nianbao.checking.verdicts import Claim, Verdict

__all__ = [
    "Claim",
    "Copy",
    "Evidence",
    "Mention",
    "Passage",
    "Repeat",
    "Similarity",
    "Verdict",
    "check_text",
    "check_with",
    "copies",
    "evidence_of",
    "phrases",
    "quantities",
    "repeats",
    "similarity",
]
