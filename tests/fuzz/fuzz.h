/* Fuzzing: a target is one file, fuzz_NAME.c, with one parser of bytes from outside and what must
 * hold whatever they are. libFuzzer drives it (script/fuzz), and in the suite replay.c, which takes
 * the seeds and some thousand variants of them, the same in every run. Seeds are in seeds/NAME,
 * words worth trying in NAME.dict (libFuzzer's format), where there are any. */
#ifndef GOVAH_TESTS_FUZZ_FUZZ_H
#define GOVAH_TESTS_FUZZ_FUZZ_H

#include "base/arena.h"
#include "base/json.h"
#include "record/statement.h"
#include "seal/sign.h"

/* Defined by the target; the arena is empty before and released behind it. */
void fuzz_one(struct str bytes, struct arena *);

/* What does not hold ends the program, and the bytes are kept or shown. */
#define MUST(holds) ((holds) ? (void)0 : must_fail(__FILE__, __LINE__, #holds))
_Noreturn void must_fail(const char *file, int line, const char *holds);

/* Valid UTF-8. */
void must_be_text(struct str);

/* Valid UTF-8 and no control character but tab, line feed and form feed. */
void must_be_plain(struct str);

/* A byte range that is not empty, within the text, and cuts no character in two. */
void must_be_quote(struct str text, struct span);

/* A refusal has one line of words; OK has none to show. */
void must_be_said(enum outcome, const struct fault *);

/* The bytes with U+FFFD in place of what is not UTF-8. */
struct str text_of_bytes(struct arena *, struct str);

/* A key that is the same in every run. */
const struct signing_key *fuzz_key(void);

/* libFuzzer's names */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
