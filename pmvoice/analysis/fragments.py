"""Words cut off without a dash: 'prod, product', but not 'test, testing'.

Many a word is also the beginning of the next ('the front frontend team', 'all allow'), and no list of them is
complete. So only a word that is left hanging, before a break, may be a fragment.
"""

from __future__ import annotations

from pmvoice.analysis.word_classes import FUNCTION_WORDS, is_number, words


def is_fragment(word: str, whole: str) -> bool:
    """Whether a word without a dash is only the beginning of the next, and no word of its own."""
    rest = whole[len(word) :]
    return (
        3 <= len(word) <= 6
        and word.isalpha()
        and len(rest) >= 2
        and rest.isalpha()
        and rest not in _ENDINGS
        and word not in _SHORT_WORDS
        and word not in FUNCTION_WORDS
        and not is_number(word)
    )


_ENDINGS = words("ed es er ers ing ings ly ment ments al able ness ful less ship ary ity ion ions or ors")
_SHORT_WORDS = words(
    "act add age aim air all app arm art ask back bad bar bet big bit both box break bug buy call can car "
    "card care cause chat check clear code come cost custom cut data date day deal dear deep deploy desk "
    "dev door down draw drive due each ear eat end even ever every face fact fair far fast fear feed few "
    "field fine fire first fit fix flag flow food foot form free front full fun game gap get gold good "
    "great ground group grow hand hard head health hear heart help high hire hit home hope host house how "
    "idea job key kid kind king know land last late law lead learn leave led left let life light like "
    "line list live log long look lot love low made main make man manage map mark market may mean meet "
    "men meta mind miss more most move much name near need net new news next nine note now off office old "
    "one only open order other out over own page paid pain paper part pass pay per person pick place plan "
    "play plus point port post press price prior pro product project put rate read real red rep report "
    "rest right road room rule run safe sale sales save say see sell send sense sent serve set share ship "
    "shop short show side sign sit six size small sold some sort spec spend sport stage stand star start "
    "state stay step stop store sub such sum sure system talk task tax team tech tell ten term test text "
    "thing think time tip top track trade train trip true try turn two type under up use user view wait "
    "walk wall war warm way web week well whole wide win wind wish work world year yes you"
)
