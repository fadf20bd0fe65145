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

struct token {
    struct span at;              /* a possessive 's is left out */
    size_t behind;               /* the byte behind the token and what was left out */
    struct str word;             /* folded; a mark is itself */
    const struct phrase *phrase; /* the longest that has entries, or NULL */
    uint64_t classes;            /* of all phrases that begin here */
    enum token_shape shape;
    bool possessive;     /* 's or ’s follows */
    bool spaced;         /* white space before it */
    bool cased;          /* an alphabet with capitals */
    unsigned char lines; /* line ends before it, at most 255 */
};

struct tokens {
    struct token *at;
    size_t count;
};

/* Cuts `text` (valid UTF-8); the lexicon may be NULL. Everything lives in the arena or the text. */
void tokens_cut(const struct lexicon *, struct str text, struct arena *, struct tokens *out);

/* Cuts a form of the lexicon, in which nothing is looked up, as a text is cut. */
void tokens_cut_form(const struct lexicon *, struct str form, struct arena *, struct tokens *out);

/* Whether token i begins a phrase of the class, the longest one in *entry and the token behind it
 * in *end. Either may be NULL. */
bool token_is(const struct tokens *, size_t i, enum word_class, const struct entry **entry,
              size_t *end);

/* As token_is, of the class and the kind. */
bool token_is_kind(const struct tokens *, size_t i, enum word_class, enum word_kind,
                   const struct entry **entry, size_t *end);

/* Whether a phrase of the class ends right before token `end`; its first token in *begin. */
bool token_is_before(const struct tokens *, size_t end, enum word_class, const struct entry **entry,
                     size_t *begin);

/* As token_is_before, of the class and the kind. */
bool token_is_before_kind(const struct tokens *, size_t end, enum word_class, enum word_kind,
                          const struct entry **entry, size_t *begin);

bool token_is_mark(const struct tokens *, size_t i, char mark);

/* From the first byte of token `first` to the last of token `end` - 1. */
struct span tokens_span(const struct tokens *, size_t first, size_t end);

#endif
