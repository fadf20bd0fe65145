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

/* The persons it happened to, named in one list: a range of page->names, empty for nobody. An
 * organisation in it is one of an apposition: "X, an editor of the Times, and Y". */
struct patients {
    size_t from, to;
};

/* What was found last, for "and was sentenced", and whom the text has been about, for "he". */
struct earlier {
    struct patients who;
    struct str event;
    size_t passage;
    size_t first, end; /* its words */
    size_t opening;    /* where its clause begins */
    bool noun;
    struct patients several; /* the last list of more than one */
    const bool *touched;     /* for each party, whether anything has happened to it so far */
};

/* Nouns: the arrest of X, X's arrest. Verbs: X was arrested; X, arrested on Monday; agents arrested
 * X; X died; she was freed, the rapper was freed, where only one person can be meant. */
struct patients patients_of(const struct page *, const struct occurrence *, const struct earlier *);

/* "charged her and fellow journalists X and Y", "was arrested along with X": those named beside the
 * ones of patients_of. */
struct patients patients_along(const struct page *, const struct occurrence *);

/* The same for languages whose verb ends the clause: X arrested was; X (object) arrested they; the
 * arrest-of X. */
struct patients patients_verb_final(const struct page *, const struct occurrence *,
                                    const struct earlier *);

/* Who says what the verb of saying, not passive, introduces: one person, or several where the words
 * say that they speak together. */
struct patients speaker_of(const struct page *, const struct occurrence *, const struct earlier *);
struct patients speaker_verb_final(const struct page *, const struct occurrence *);

/* The same for a happening told of its subject before the verb group that begins at `verb`; finite
 * when a form of "be" stands with the verb. */
struct patients subject_before(const struct page *, size_t passage, size_t verb, bool finite,
                               const struct earlier *);
/* "after being beaten, X", "X left after spending": whom the main clause is about. */
struct patients subject_of_main(const struct page *, size_t passage, size_t verb,
                                const struct earlier *);
/* The first token of the group of the verb at `token`: its auxiliaries, adverbs and dates. */
size_t verb_group(const struct page *, const struct passage *, size_t token);
/* The name that ends right before `end` and is the head of its phrase, or SIZE_MAX. */
size_t head_ending(const struct page *, const struct passage *, size_t end);
/* "X, a teacher who", "X, whom": the name that what begins at token `relative` goes on from. */
size_t name_described(const struct page *, const struct passage *, size_t relative);
/* "X, a teacher,": the name before the pause at `close` or before its appositions, or SIZE_MAX. */
size_t name_apposed(const struct page *, const struct passage *, size_t close);
/* "X, a teacher", "X was one of five teachers": the name that the description ending before `end`
 * is of, or SIZE_MAX. */
size_t name_classed(const struct page *, const struct passage *, size_t end);
bool is_pause(const struct page *, size_t token);
bool is_passive(const struct page *, const struct passage *, size_t token);

/* Whom a verb, "of" or "by" right before token `from` governs; without what was found before, only
 * those named. */
struct patients patients_governed(const struct page *, size_t passage, size_t from,
                                  const struct earlier *);
/* "granted bail to X", "handed a sentence to X": whom a "to" behind token `from` governs. */
struct patients patients_receiving(const struct page *, size_t passage, size_t from,
                                   const struct earlier *);
/* A word that may stand between what governs a name and the name. */
bool is_ahead_of_name(const struct page *, size_t token);
/* "him", where it is not "her lawyer". */
bool is_object_pronoun(const struct page *, size_t token);

/* "the arrest of X", "X's arrest". */
struct patients patients_of_noun(const struct page *, const struct occurrence *,
                                 const struct earlier *);
/* What is done to something of a person's: "X's sentence was upheld", "raided the home of X". */
struct patients patients_of_thing(const struct page *, const struct occurrence *,
                                  const struct earlier *);
/* The token behind the thing at token `i` that the event, KIND_OUTCOME or KIND_OWNED, is said of,
 * or `i`. */
size_t thing_end(const struct page *, size_t i, const struct entry *event);
/* "Arrested in May. Sentenced to five years." below a line that is a name: whose line it is. */
struct patients patients_headed(const struct page *, size_t passage);
/* Whether the words open a line of a form: "Date of arrest: 4 May". */
bool is_form_label(const struct page *, const struct occurrence *);
/* Whether what was told last, and not far before, is a charge, trial or sentence. */
bool is_sequel(const struct earlier *, size_t passage);

/* Shared by both grammars. */
struct patients patients_listed(const struct page *, size_t name);
size_t person_over(const struct page *, size_t token); /* name, or SIZE_MAX */
bool person_speaks(const struct page *, size_t name);  /* beside a verb of saying */
bool is_unreal(const struct page *, size_t from, size_t to);
/* The same for a happening; one that its day makes one (KIND_DATED) may be announced: "the hearing
 * will be held on 3 May". */
bool is_unreal_of(const struct page *, const struct occurrence *, size_t from, size_t to);
/* The same of the few words before token `at`. */
bool is_unreal_before(const struct page *, const struct passage *, size_t at);
bool is_counted(const struct page *, size_t from, size_t to);
static inline bool has_class(const struct page *page, size_t token, enum word_class class)
{
    return token_has(&page->tokens, token, class);
}

/* A word of saying, which is no part of a place's name: the United States. */
bool is_say(const struct page *, size_t token);
/* Whether a word there tells of a happening by itself: not one that needs a thing or an object. */
bool is_happening(const struct page *, size_t token);
bool is_kin_or_lawyer(struct str role);

/* Whom a pronoun or short description at `token` stands for: the one person, or the list, that the
 * text before it is about. */
struct patients one_meant(const struct page *, size_t passage, size_t token,
                          const struct earlier *);
/* Whom "into her death" means: nobody who acts in the sentence, but the last of those to whom
 * something has happened. */
struct patients dead_meant(const struct page *, size_t passage, size_t token,
                           const struct earlier *);
struct patients speaker_meant(const struct page *, size_t passage, size_t token);
struct patients several_meant(const struct page *, size_t passage, const struct earlier *);
/* Whether a pronoun or short description begins at `token` (verb-final) or ends before it, and whom
 * it means. */
bool meant_at(const struct page *, size_t passage, size_t token, const struct earlier *,
              struct patients *);
bool meant_before(const struct page *, size_t passage, size_t end, const struct earlier *,
                  struct patients *);

/* Where verbs end the clause: a finite verb, and a mark that ends one. */
bool is_clause_verb(const struct page *, size_t token);
bool is_clause_stop(const struct page *, size_t token);
/* "planned is X tried be": the "is" of such a phrase ends no clause. */
bool is_of_plan(const struct page *, size_t token);
/* The same as patients_of_noun and patients_of_thing where verbs end the clause; `verb` is the
 * finite verb of the event, a range of tokens, or empty. */
struct patients patients_of_noun_final(const struct page *, const struct occurrence *,
                                       const struct earlier *);
struct patients patients_of_thing_final(const struct page *, const struct occurrence *,
                                        struct span verb, const struct earlier *);

/* The first token of the clause that a verb at `token` ends (verb-final languages). */
size_t clause_verb_final(const struct page *, const struct passage *, size_t token);

/* The name that ends right before `end` and is the head of its phrase, or SIZE_MAX. */
size_t name_ending_final(const struct page *, const struct passage *, size_t end);
/* Whether what stands right before the name leaves it the head of its phrase, where verbs end the
 * clause that begins at token `clause`: not "father-of X". `object` for the object of a verb. */
bool is_head_final(const struct page *, size_t clause, size_t name, bool object);
/* "X, known as Y,": the token at which the "known as" before the name Y begins, or the first of a
 * name that is no such alias. */
size_t alias_begin(const struct page *, size_t name);
/* "X (object) they arrested": the name or pronoun right before the sign of the object, appositions,
 * aliases, brackets and a word like "also" between looked over. */
struct patients patients_of_object_final(const struct page *, const struct occurrence *,
                                         size_t clause, const struct earlier *);
/* Words that only describe: "X and Y, two killed boys,", "X, a political prisoner held in Shiraz,",
 * "X, of the dead of January,"; and whom they describe. `verb` is the finite verb behind them. */
bool is_described_final(const struct page *, const struct occurrence *);
bool is_attribute_final(const struct page *, const struct occurrence *, struct span verb);
struct patients patients_described_final(const struct page *, const struct occurrence *);
struct patients patients_of_class(const struct page *, const struct occurrence *);
/* "to two years of exile sentenced": what a sentence consists of has befallen nobody yet. */
bool is_penalty_final(const struct page *, const struct occurrence *);

/* Whether the happening is told by a noun: the arrest. */
bool is_nominal(const struct page *, const struct occurrence *);

/* Whether the word at the token completes a light word of that event, and whether a light word at
 * o->first is completed ("given five years", "denied them surgery"); it
 * then is the happening. */
bool completes_light(const struct page *, size_t token, struct str event);
bool light_occurrence(const struct page *, struct occurrence *);
/* "serving a five-year sentence": the token of the verb, or SIZE_MAX. */
size_t served_before(const struct page *, const struct occurrence *);
/* The unit of a term of prison whose number is at the token ("five years", "five-year"), or
 * SIZE_MAX. */
size_t term_unit(const struct page *, size_t number);

/* The token behind a number, or behind the half that is added to it, without hyphens; `half` as
 * found. */
size_t number_unit(const struct page *, size_t number, bool *half);

/* The date of a happening, an EDTF date or empty. */
struct str life_date(const struct page *, const struct occurrence *, const struct patients *,
                     const struct earlier *);
/* The day since when it is so, or empty. */
struct str life_since(const struct page *, const struct occurrence *);
/* What the words and those around them mean: who is held since a day was arrested on it, who was
 * shot and died was killed, who was convicted and given a term sentenced. */
struct str life_event_meant(const struct page *, const struct occurrence *);
/* "remained in prison at year's end": no day on which it happened, at most one since when. */
bool life_is_state(const struct occurrence *, struct str event);
/* Where it happened, as written, or empty. */
struct str life_place(const struct page *, const struct occurrence *, const struct patients *);
/* The date over a token, empty where none is or it is not resolved, and its first token. */
struct str life_date_at(const struct page *, size_t token);
size_t life_date_first(const struct page *, size_t token);

/* "has been arrested several times, most recently in May": of what happened again and again, the
 * date of the last time, behind it in its sentence; or none. */
struct str life_date_latest(const struct page *, const struct occurrence *);
/* "the nationwide protests of January": the date that begins at the token is of a gathering. */
bool is_gathering_date(const struct page *, size_t token);
/* "until 30 October, when": the date right before token `when`, or empty. */
struct str life_date_then(const struct page *, const struct passage *, size_t when);
/* The day on which `name` said it, never a date of what is said. */
struct str speech_date(const struct page *, const struct occurrence *, size_t name);

/* "X was sentenced to five years and Y to three": the next person who shares the verb of the
 * sentence with `name` and has a term of their own, or SIZE_MAX; and that term. */
size_t name_gapped(const struct page *, const struct occurrence *, size_t name);
struct str sentence_gapped(const struct page *, size_t name);

/* "X and Y were sentenced to five and three years respectively": whether it says so, and the term
 * of the one at `name`; empty when there are not as many terms. */
bool is_respective(const struct page *, const struct occurrence *, struct patients);
struct str sentence_respective(const struct page *, const struct occurrence *, struct patients,
                               size_t name);

/* Adds charge, court, branch, judge and prison, as the words around the happening give them. */
void life_details(const struct page *, const struct occurrence *, struct life_event *);
/* Sets a detail that is not there yet, if it has a value and there is room. */
void detail_add(const struct page *, struct life_event *, struct str name, struct str value);

#endif
