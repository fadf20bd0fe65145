/* Estimates in words: rulings, reasons, methods, what was changed, what must always be said. */
#ifndef GOVAH_PUBLISH_ESTIMATE_WORDS_H
#define GOVAH_PUBLISH_ESTIMATE_WORDS_H

#include "estimate/assess.h"
#include "publish/voice.h"

/* "Do not cite" */
struct str ruling_words(const struct voice *, enum ruling);

/* One sentence or two, with the numbers; in the arena. */
struct str reason_words(const struct voice *, struct arena *, const struct overlap *,
                        const struct reason *);

/* "latent classes" */
struct str method_words(const struct voice *, enum method);

/* "without HRW", "matches that were missed: 5%" */
struct str change_words(const struct voice *, struct arena *, const struct overlap *,
                        const struct scenario *);

/* What is assumed, a sentence each; SIZE of them. */
enum { ASSUMPTIONS = 4 };
struct str assumption_words(const struct voice *, size_t);

/* A number of people, rounded: "10,357"; "∞"; "–" for none. */
struct str people_words(const struct voice *, struct arena *, double);

/* "9,020 to 12,131" */
struct str interval_words(const struct voice *, struct arena *, const struct estimate *);

#endif
