/* Whose a happening is: the person whom its words make the one it happened to, by the build of the
 * clause alone. Whoever speaks of it, orders it or does it is never meant, nor anyone when the
 * happening is denied, planned, threatened or asked for. When unsure: nobody. */
#ifndef GOVAH_READ_PATIENT_INT_H
#define GOVAH_READ_PATIENT_INT_H

#include "read/page_int.h"

/* The words of a happening, a WORD_LIFE or WORD_SAY phrase. */
struct occurrence {
    const struct entry *event;
    size_t first, end; /* its words */
    size_t passage;
};

/* The persons it happened to, named in one list: a range of page->names, empty for nobody. */
struct patients {
    size_t from, to;
};

/* What was found last, for "and was sentenced". */
struct earlier {
    struct patients who;
    size_t passage;
    size_t end; /* behind its words */
};

/* Nouns: the arrest of X, X's arrest. Verbs: X was arrested; X, arrested on Monday; agents arrested
 * X; X died; she was freed, where only one person can be meant. */
struct patients patients_of(const struct page *, const struct occurrence *, const struct earlier *);

/* The same for languages whose verb ends the clause: X arrested was; X (object) arrested they; the
 * arrest-of X. */
struct patients patients_verb_final(const struct page *, const struct occurrence *,
                                    const struct earlier *);

/* The one person who says what the verb of saying, not passive, introduces. */
struct patients speaker_of(const struct page *, const struct occurrence *);

/* Shared by both grammars. */
struct patients patients_listed(const struct page *, size_t name);
struct patients patients_meant(const struct page *, size_t passage, size_t pronoun);
size_t person_over(const struct page *, size_t token); /* name, or SIZE_MAX */
bool person_speaks(const struct page *, size_t name);  /* beside a verb of saying */
bool is_unreal(const struct page *, size_t from, size_t to);
bool is_counted(const struct page *, size_t from, size_t to);
bool has_class(const struct page *, size_t token, enum word_class);
struct patients speaker_verb_final(const struct page *, const struct occurrence *);

/* The first token of the clause that a verb at `token` ends (verb-final languages). */
size_t clause_verb_final(const struct page *, const struct passage *, size_t token);

#endif
