"""Which women and men belong together, from the dictionaries: Teilnehmerin and Teilnehmer.

A word in -in is a woman only if its plural in -innen is a word as well (Termin, Benzin, Medizin
have none) and the dictionary knows a noun that it is made of.
"""

PLAIN = str.maketrans("äöü", "aou")


def without_umlaut(word):
    """The last umlaut taken back: ärzt → arzt, bäuer → bauer."""
    for place in range(len(word) - 1, -1, -1):
        if word[place] in "äöü":
            return word[:place] + word[place].translate(PLAIN) + word[place + 1:]
    return ""


def men_of(woman):
    """Nouns that she may be made of, the likeliest first."""
    stem = woman[:-2]
    plain = without_umlaut(stem)
    if stem.endswith("er"):  # Förderin: Förderer; Lehrerin: Lehrer; Bäuerin: Bauer
        return [stem + "er", stem, plain]
    return [plain, plain and plain + "e", stem + "e", stem]


def find_men(words):
    """woman -> man, both singular."""
    found = {}
    women = set(words.women.values()) | {
        form for form in words.capital if form.endswith("in") and form + "nen" in words.listed}
    for woman in women:
        known = [man for man in men_of(woman) if len(man) >= 3]
        # compounds and words in Mit-, Unter- are in the plain list only, with plurals beside them
        listed = sorted((man for man in known if man in words.capital), key=len)
        known = [man for man in known if man in words.nouns or man in words.names] or listed
        if known:
            found[woman] = known[0]
    return found


def read_extra(path):
    """Our own list: woman, man, further forms of the man. A woman alone has no man: Törin is no gate's."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.split("#")[0].split()
            if fields:
                yield fields[0], fields[1] if fields[1:] else None, fields[2:]


def pairs(words, extra=()):
    """Yields each form of a person noun, the singular of the other gender, and whether the form is
    the woman's."""
    men, seen = find_men(words), set()
    for woman, man, forms in extra:
        if man is None:
            men.pop(woman, None)
            continue
        seen.update([man] + forms)
        men[woman] = man
        for form in [man] + forms:
            yield form, woman, False
    for woman, man in sorted(men.items()):
        yield woman, man, True
        if woman.endswith("in"):
            yield woman + "nen", man, True
    lemmas = {}
    for woman, man in men.items():
        lemmas.setdefault(man, woman)
    for lemma, woman in words.women.items():  # plurals that are lemmas of their own: Ärzte
        if woman in men:
            lemmas.setdefault(lemma, woman)
    for lemma, woman in sorted(lemmas.items()):
        forms = words.nouns.get(lemma) or words.name_forms.get(lemma) or {
            lemma + end for end in ("", "s", "n", "en") if lemma + end in words.listed}
        if lemma != woman[:-2]:  # Anwältin: Anwälte, Anwälten
            forms = forms | {woman[:-2] + end for end in ("e", "en") if woman[:-2] + end in words.listed}
        for form in sorted(forms):
            if form not in men and form not in seen:
                seen.add(form)
                yield form, woman, False
