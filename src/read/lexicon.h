/* The lexicon: every word and phrase of data/lang and data/country that the reader knows, folded,
 * with what it does in a sentence. Scripts keep the languages apart, so all share one table.
 *
 * Tables have the columns: class, kind, value, forms. `forms` are separated by '|'; a form is one
 * word or several, punctuation included, and is cut into words as the text is (token.h). */
#ifndef GOVAH_READ_LEXICON_H
#define GOVAH_READ_LEXICON_H

#include "base/arena.h"
#include "base/fault.h"

enum word_class {
    WORD_NUMBER,     /* three, سه; value is the number */
    WORD_SCALE,      /* hundred, هزار; value is the factor */
    WORD_VAGUE,      /* dozens, صدها; value is the floor */
    WORD_BOUND,      /* at least, بیش از; value is the bound; kind "before", "after" */
    WORD_RANGE,      /* to, تا: joins the ends of a range; kind "between" opens one */
    WORD_COUNTER,    /* نفر, تن: stands between a number and what is counted */
    WORD_POPULATION, /* protesters; value is the label; kind "container": cases of; "held" */
    WORD_EVENT,      /* value is the figure's label; kinds below */
    WORD_LIFE,       /* value is the life event's label; kinds as of WORD_EVENT */
    WORD_UNIT,       /* what a number counts when it counts nobody: years, lashes, percent */
    WORD_LABEL,      /* what a number names when it counts nothing: article, branch, ward */
    WORD_MONEY,      /* signs and words for money, before or after the number */
    WORD_SAY,        /* said, reported, اعلام کرد */
    WORD_LIGHT,      /* given, denied, began: a happening only with what completes it, behind it or,
                        where verbs end the clause, before it; or a noun, sentence, with the term
                        before it. Value: the life event's label */
    WORD_COMPLETES,  /* an award, medical care: completes the light words of the same value */
    WORD_UTTER,      /* tweeted, warned, urged: what a person says, though it gives no figure */
    WORD_ACCORDING,  /* according to, به گزارش; kind "after" when the source precedes */
    WORD_PART,       /* including, of whom, از جمله */
    WORD_OPENS,      /* since, as of, during: value says how the date counts; kind "after" when
                        it may stand words before the date (since protests began in) */
    WORD_CLAUSE,     /* after, while, when: another clause begins */
    WORD_AUXILIARY,  /* have, been, were */
    WORD_DETERMINER, /* the, those, آن */
    WORD_PREPOSITION,
    WORD_CONJUNCTION,
    WORD_PRONOUN, /* kind "group" for "the group": stands for the last source */
    WORD_ADVERB,  /* reportedly, also: may stand between verb and number */
    WORD_NEGATION,
    WORD_UNREAL,       /* could, called for, خواستار: what it governs has not happened */
    WORD_VERB,         /* a finite verb, listed only for languages whose clauses it ends */
    WORD_TITLE,        /* before a name; value is the role; kind "person": one word may follow */
    WORD_ROLE,         /* journalist, lawyer: beside a name; value is the role */
    WORD_ORGANISATION, /* a word that makes a name an organisation's; value is the role. Where there
                          are no capitals, kind "after" completes a name, "between" may stand in it
                        */
    WORD_ORGANISATION_TITLE, /* "the NGO": an organisation's name follows; value is the role; kind
                                "after": it stands before, "X newspaper" */
    WORD_INSTITUTION,        /* a known organisation; value is the role */
    WORD_PERSON, /* a person so well known that one word names them; value is the role */
    WORD_GROUP,  /* an unnamed source: human rights groups, organizers */
    WORD_GIVEN,  /* a given name; kind "common": also an ordinary word */
    WORD_SURNAME,
    WORD_PLACE,        /* value is the kind: country, province, city, prison */
    WORD_PLACE_HEAD,   /* prison, province, استان */
    WORD_COMMON,       /* written with a capital though part of no name: days, languages */
    WORD_LINK,         /* of, for: joins the parts of an organisation's name */
    WORD_ABBREVIATION, /* its full stop ends no sentence */
    WORD_PARTICLE,     /* small words the grammar turns on; value says which: of, and, those... */
    WORD_ENDING,       /* kind: how a verb of no table is known, by its last letters; "noun": of
                          such a verb; "person": somebody of a calling; "predicate": a whole word,
                          the past of a verb that has no such letters; a whole word without a kind
                          is none */
    WORD_MEANT,   /* the activist, این دو: stands for a person named before, kind "group" for
                     several; value is the role that fits, or empty for any */
    WORD_TERM,    /* to death, life in prison: a sentence that is no duration; value: which */
    WORD_CHARGE,  /* a charge, for the details of a life event */
    WORD_FIELD,   /* age, date of arrest: what a form or a table's head calls a field; value: the
                     life event that it dates, or a property or detail */
    WORD_PENALTY, /* execution: a sentence where it fills a field; value as of WORD_TERM */
    WORD_CLASSES
};

enum word_kind {
    KIND_NONE,
    KIND_BEFORE,       /* stands before the number */
    KIND_AFTER,        /* stands after the number */
    KIND_PARTICIPLE,   /* killed: past tense and passive */
    KIND_ACTIVE,       /* executes, signed by: only before what is counted */
    KIND_INTRANSITIVE, /* died, fled: only after what is counted */
    KIND_NOUN,      /* massacre, اعدام: "of" and the counted follow, or it is counted itself */
    KIND_PREDICATE, /* behind bars, subject to the death penalty */
    KIND_RESULT,    /* to death: completes a verb of sentencing */
    KIND_CONTAINER,
    KIND_HELD,    /* a population that is held as such: political prisoners */
    KIND_CUSTODY, /* detainees: held without a sentence */
    KIND_EVENT,   /* a population that is an event: deaths */
    KIND_GROUP,
    KIND_BETWEEN,
    KIND_PLACES, /* cities, countries: counted as places */
    KIND_COMMON, /* an institution that is also written small */
    KIND_PERSON, /* a pronoun for one person */
    KIND_YEARS,
    KIND_MONTHS,
    KIND_OUTCOME, /* overturned, upheld: what becomes of a sentence or of charges */
    KIND_DATED,   /* trial, hearing: a noun that is a happening only with "of" or a date */
    KIND_OWNED, /* searched, confiscated: done to what a WORD_COMPLETES of the value names, home or
                   passport, of whom it happened to */
    KIND_PRESENT, /* detain, jail: the plain form, only behind who does it */
    KINDS
};

/* Small, as a text's words are looked up in all of them. */
struct entry {
    const struct entry *next; /* another meaning of the same form */
    struct str value;         /* as in the data file */
    int64_t number;           /* of a value that is one */
    enum word_class class : 8;
    enum word_kind kind : 8;
    uint8_t language; /* index of the language whose table it is from, or LANGUAGE_NONE */
    bool upper;       /* an acronym, in capitals only */
    uint32_t written; /* for lexicon_written; 0: it is of no table */
};

/* A phrase or the beginning of one; in one line of the cache. */
struct phrase {
    uint64_t hash; /* 0: none */
    const struct entry *entries;
    const struct phrase *shorter; /* the next shorter phrase with entries at the same place */
    uint64_t classes;             /* one bit a class, over this and all shorter ones */
    uint64_t particles;           /* phrase_particle_bit of the particles' values, likewise */
    const struct phrase **within; /* phrase_within, an element a language; NULL: itself */
    uint32_t languages;           /* one bit a language, likewise */
    uint16_t words;
    bool prefix; /* a longer phrase goes on from here */
    char unused[9];
};

enum { LANGUAGES_LIMIT = 32, LANGUAGE_NONE = 255 };

struct language {
    struct str code;    /* BCP 47, the folder's name below data/lang */
    bool verb_final;    /* its tables list finite verbs (WORD_VERB) */
    bool blank_groups;  /* 12 000 is one number (traits.tsv) */
    bool decimal_comma; /* 2,5 is one number (traits.tsv) */
    size_t scripts[4];  /* of its forms; by enum script (text/fold.h) */
};

struct lexicon;

/* All tables below data/lang and data/country but those of dates (dates*.tsv), incidents and the
 * interface. Faults name the file and the line. The caller owns *out (lexicon_free). */
MUST_USE enum outcome lexicon_new(struct lexicon **out, struct fault *why);
void lexicon_free(struct lexicon *);

/* A bit for the value of a particle, which few others share: a look at phrase.particles spares most
 * comparisons. For a value that is written in the code the compiler works it out. */
INLINED uint64_t phrase_particle_bit(struct str value)
{
    unsigned first = value.len ? (unsigned char)value.at[0] : 0;
    unsigned last = value.len ? (unsigned char)value.at[value.len - 1] : 0;
    return UINT64_C(1) << ((first * 5 + last * 3 + (unsigned)value.len * 11) & 63);
}

/* What is left of a phrase in a sentence of that language: the longest of it and its shorter ones
 * that is a phrase without the languages that share its script, or NULL. */
const struct phrase *phrase_within(const struct phrase *, uint8_t language);

/* Whether the word is cut off at the apostrophe behind it (l'armée): one of a language's elisions,
 * or one with a capital, unless a capital follows: "D'après" is two words, "D'Angelo" is one. */
bool lexicon_elides(const struct lexicon *, struct str word, bool before_capital);

/* Those with a folder below data/lang, in byte order of their codes. */
const struct language *lexicon_languages(const struct lexicon *, size_t *count);

/* Values of WORD_FIELD, each once, in byte order. */
const struct str *lexicon_fields(const struct lexicon *, size_t *count);

/* Of a folded word; never the same for two words of the lexicon but by a chance of one in 2^64. */
uint64_t lexicon_word_hash(struct str folded_word);

/* The hash of a phrase that goes on with a word: of the words before it, or LEXICON_HASH_START, and
 * of the word. */
static inline uint64_t lexicon_hash_join(uint64_t before, uint64_t word)
{
    uint64_t hash = (before ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}
#define LEXICON_HASH_START UINT64_C(1469598103934665603)

/* Words of its longest phrase. */
size_t lexicon_longest(const struct lexicon *);

/* NULL when no phrase begins so. */
const struct phrase *lexicon_find(const struct lexicon *, uint64_t hash);

/* The same in two steps, of which the first fetches what the second, some time later, looks at:
 * NULL, or where to look. */
const struct phrase *lexicon_expect(const struct lexicon *, uint64_t hash);
const struct phrase *lexicon_find_at(const struct lexicon *, const struct phrase *where,
                                     uint64_t hash);

/* The form as in the data file, or empty. */
struct str lexicon_written(const struct lexicon *, const struct entry *);

#endif
