/* Tokens: a text cut once into words, numbers and marks, each with its folded form and the longest
 * phrase of the lexicon that begins with it. Linear in the text. */
#ifndef GOVAH_READ_TOKEN_H
#define GOVAH_READ_TOKEN_H

#include "read/lexicon.h"
#include "record/statement.h"

enum token_shape {
    SHAPE_MARK,    /* one punctuation mark or symbol */
    SHAPE_LOWER,   /* letters without a capital at the start */
    SHAPE_CAPITAL, /* Word */
    SHAPE_UPPER,   /* WORD, U.S. */
    SHAPE_ARABIC,  /* letters of the Arabic script */
    SHAPE_NUMBER,  /* digits, with separators of thousands or a decimal point */
    SHAPE_MIXED,   /* digits and letters: 2A, 26th, 1980s */
    SHAPE_LINK,    /* an address: https://..., someone@somewhere */
};

/* Bytes [from, to) of a text of less than 4 GiB. */
struct token_place {
    uint32_t from, to;
};

struct token {
    struct str word;             /* folded; a mark is itself */
    uint64_t hash;               /* of the word, for lexicon_hash_join */
    const struct phrase *phrase; /* the longest that has entries, or NULL */
    uint64_t classes;            /* of all phrases that begin here */
    uint64_t ended;              /* no class but these has a phrase that ends right before */
    struct token_place at;       /* a possessive 's is left out */
    uint32_t behind;             /* the byte behind the token and what was left out */
    unsigned shape : 8;          /* enum token_shape */
    unsigned lines : 8;          /* line ends before it, at most 255 */
    bool possessive : 1;         /* 's or ’s follows */
    bool spaced : 1;             /* white space before it */
    bool cased : 1;              /* an alphabet with capitals */
    bool plain : 1;              /* all letters, as they are counted in `word` */
};

struct tokens {
    struct token *at;
    size_t count;
};

/* Cuts `text` (valid UTF-8, below 4 GiB); the lexicon may be NULL. Everything lives in the arena or
 * the text. */
void tokens_cut(const struct lexicon *, struct str text, struct arena *, struct tokens *out);

/* Cuts a form of the lexicon, in which nothing is looked up, as a text is cut. */
void tokens_cut_form(const struct lexicon *, struct str form, struct arena *, struct tokens *out);

/* Whether token i begins a phrase of the class, the longest one in *entry and the token behind it
 * in *end. Either may be NULL. */
INLINED bool token_is(const struct tokens *, size_t i, enum word_class, const struct entry **entry,
                      size_t *end);

/* As token_is, of the class and the kind. */
INLINED bool token_is_kind(const struct tokens *, size_t i, enum word_class, enum word_kind,
                           const struct entry **entry, size_t *end);

/* Whether a phrase of the class ends right before token `end`; its first token in *begin. */
INLINED bool token_is_before(const struct tokens *, size_t end, enum word_class,
                             const struct entry **entry, size_t *begin);

/* As token_is_before, of the class and the kind. */
INLINED bool token_is_before_kind(const struct tokens *, size_t end, enum word_class,
                                  enum word_kind, const struct entry **entry, size_t *begin);

INLINED bool token_is_mark(const struct tokens *, size_t i, char mark);

/* From the first byte of token `first` to the last of token `end` - 1. */
struct span tokens_span(const struct tokens *, size_t first, size_t end);

/* ---- asked of nearly every token ---- */

INLINED bool token_has(const struct tokens *t, size_t i, enum word_class class)
{
    return i < t->count && (t->at[i].classes >> class & 1);
}

/* The bit of a class in token.classes and in sets of classes. */
#define CLASS_BIT(class) (UINT64_C(1) << (class))

/* Whether a phrase of any class of the set begins at token i. */
INLINED bool token_has_any(const struct tokens *t, size_t i, uint64_t classes)
{
    return i < t->count && t->at[i].classes & classes;
}

/* What token_is_kind finds where token_has says that there is something; KINDS for any kind. */
bool token_phrase(const struct tokens *, size_t i, enum word_class, enum word_kind,
                  const struct entry **entry, size_t *end);

INLINED bool token_is(const struct tokens *t, size_t i, enum word_class class,
                      const struct entry **entry, size_t *end)
{
    return token_has(t, i, class) &&
           ((!entry && !end) || token_phrase(t, i, class, KINDS, entry, end));
}

INLINED bool token_is_kind(const struct tokens *t, size_t i, enum word_class class,
                           enum word_kind kind, const struct entry **entry, size_t *end)
{
    return token_has(t, i, class) && token_phrase(t, i, class, kind, entry, end);
}

/* What token_is_before_kind finds where `ended` does not deny it; KINDS for any kind. */
bool token_phrase_before(const struct tokens *, size_t end, enum word_class, enum word_kind,
                         const struct entry **entry, size_t *begin);

INLINED bool token_may_end(const struct tokens *t, size_t end, enum word_class class)
{
    return end >= t->count || (t->at[end].ended >> class & 1);
}

INLINED bool token_is_before_kind(const struct tokens *t, size_t end, enum word_class class,
                                  enum word_kind kind, const struct entry **entry, size_t *begin)
{
    return token_may_end(t, end, class) && token_phrase_before(t, end, class, kind, entry, begin);
}

INLINED bool token_is_before(const struct tokens *t, size_t end, enum word_class class,
                             const struct entry **entry, size_t *begin)
{
    return token_is_before_kind(t, end, class, KINDS, entry, begin);
}

INLINED bool token_is_mark(const struct tokens *t, size_t i, char mark)
{
    return i < t->count && t->at[i].shape == SHAPE_MARK && t->at[i].word.len == 1 &&
           t->at[i].word.at[0] == mark;
}

#endif
