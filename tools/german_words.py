"""Debian's German word lists as tools/build-lexicon and tools/learn-counts need them.

Words are folded: lower case, ss for ß. From hunspell-de-de-frami come words with flags that say how
they inflect and build compounds, from wngerman a plain list of forms.
"""
import re

LETTERS = re.compile(r"[a-zäöü]+\Z").match

# What suffix flags of de_DE_frami.aff make: inflected nouns, women, adjectives, nouns in -ung.
NOUN_FLAGS = "SPNETpRq"
FEMININE_FLAG = "F"
ADJECTIVE_FLAG = "A"
ACTION_FLAG = "J"
VERB_FLAGS = "DIXYWZO"


def fold(word):
    return word.lower().replace("ß", "ss")


def is_plain(word):
    """Neither an acronym nor of letters that Lupe leaves alone."""
    return word[1:] == word[1:].lower() and LETTERS(fold(word)) is not None


def read_list(path):
    """The words of one of our own lists: one a line, # starts a comment."""
    with open(path, encoding="utf-8") as file:
        lines = (line.split("#")[0].split() for line in file)
        return [line for line in lines if line]


class Affixes:
    """The suffix rules of a .aff file."""

    def __init__(self, path):
        self.rules = {}
        with open(path, encoding="latin-1") as file:
            for line in file:
                fields = line.split()
                if len(fields) < 5 or fields[0] != "SFX":
                    continue
                flag, strip, add, condition = fields[1:5]
                self.rules.setdefault(flag, []).append((
                    "" if strip == "0" else strip,
                    "" if add.split("/")[0] == "0" else add.split("/")[0],
                    None if condition == "." else re.compile("(?:%s)\\Z" % condition)))

    def forms(self, word, flags):
        made = []
        for flag in flags:
            for strip, add, condition in self.rules.get(flag, ()):
                if word.endswith(strip) and (condition is None or condition.search(word)):
                    made.append(word[:len(word) - len(strip)] + add)
        return made


class Words:
    """All that the dictionaries say.

    nouns, adjectives, verbs: lemma -> its forms, itself among them; names: nouns of which the
    dictionary makes no compounds; compoundable: the others; curated: first parts of compounds; women: man -> woman;
    listed: every form of either dictionary.
    """

    def __init__(self, hunspell, wordlist):
        self.nouns, self.adjectives, self.verbs, self.women = {}, {}, {}, {}
        self.name_forms = {}
        self.names, self.curated, self.compoundable = set(), set(), set()
        self.listed, self.capital = set(), set()
        with open(wordlist, encoding="utf-8") as file:
            for line in file:
                if is_plain(line.strip()):
                    self.listed.add(fold(line.strip()))
                    if line[0].isupper():
                        self.capital.add(fold(line.strip()))
        affixes = Affixes(hunspell + ".aff")
        with open(hunspell + ".dic", encoding="latin-1") as file:
            next(file)
            for line in file:
                fields = line.split()
                if len(fields) == 1 and not line.startswith("#"):
                    word, _, flags = fields[0].partition("/")
                    if is_plain(word):
                        self._add(word, flags, affixes)
        self.names -= set(self.nouns)

    def _add_action(self, word, affixes):
        """The noun in -ung of a verb, which has no line of its own."""
        forms = {fold(form) for form in affixes.forms(word, ACTION_FLAG)}
        for lemma in forms:
            if lemma.endswith("ung"):
                self.nouns.setdefault(lemma, set()).update(forms)
                self.compoundable.add(lemma)
                self.capital.add(lemma)

    def _add(self, word, flags, affixes):
        lemma = fold(word)
        if "k" in flags or "i" in flags:
            self.curated.add(lemma)
        if "h" in flags or "o" in flags:  # only in compounds, and there again with a capital
            return
        if ACTION_FLAG in flags:
            self._add_action(word, affixes)
        if word[0].isupper():
            self.capital.add(lemma)
            made = {lemma} | {fold(form) for form in affixes.forms(word, set(flags) & set(NOUN_FLAGS))}
            if FEMININE_FLAG in flags:
                for form in affixes.forms(word, FEMININE_FLAG):
                    if form.endswith("in") and not word.endswith("in"):
                        self.women[lemma] = fold(form)
                    self.listed |= {fold(form), fold(form) + "nen"}
            if "m" in flags or "i" in flags:
                self.compoundable.add(lemma)
                self.nouns.setdefault(lemma, set()).update(made)
            else:
                self.names.add(lemma)
                self.name_forms.setdefault(lemma, set()).update(made)
        elif ADJECTIVE_FLAG in flags:
            made = {lemma} | {fold(form) for form in affixes.forms(word, ADJECTIVE_FLAG)}
            self.adjectives.setdefault(lemma, set()).update(made)
        elif set(flags) & set(VERB_FLAGS) and lemma.endswith("n"):
            made = {lemma} | {fold(form) for form in affixes.forms(
                word, set(flags) & set(VERB_FLAGS + ACTION_FLAG))}
            self.verbs.setdefault(lemma, set()).update(made)


def verb_forms(words):
    """Verbs of the dictionary, their participles and their nouns in -ung: one part each, however
    they are put together (feststellen, Feststellung)."""
    forms = set()
    for lemma, made in words.verbs.items():
        forms |= made
        stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
        forms |= {stem, stem + "ung", stem + "ungen"}
    return forms


class OwnLists:
    """The lists in lib/text/data."""

    ENDINGS = ("", "s", "es", "e", "em", "n", "en", "er", "ern", "nen", "innen")

    def __init__(self, folder):
        def read(name):
            return {fields[0] for fields in read_list("%s/%s" % (folder, name))}
        self.particles = read("particles.txt")
        self.particle_heads = {fields[0] for fields in read_list(folder + "/particles.txt") if fields[1:]}
        self.suffixes = read("suffixes.txt")
        self.combining = read("combining.txt")
        self.whole = read("whole.txt")

    def never_head(self, form):
        return form in self.suffixes or form in self.particles - self.particle_heads

    def whole_forms(self, words):
        """The words of whole.txt with their inflections, and with a linking s."""
        forms = {word + ending for word in self.whole for ending in self.ENDINGS}
        return forms.union(*(words.nouns.get(word, ()) for word in self.whole))
