/* Somebody as one text tells of them: the names it gives them, and what else it says of who they
 * are. What two portraits have in common is in match/meeting.h. */
#ifndef GOVAH_MATCH_PORTRAIT_H
#define GOVAH_MATCH_PORTRAIT_H

#include "match/likeness.h"
#include "match/person_name.h"

/* What a portrait tells, in the order of data/names/traits.tsv. */
enum trait {
    TRAIT_GIVEN,  /* of a name with several parts */
    TRAIT_FAMILY, /* likewise */
    TRAIT_LONE,   /* a name of one part, whichever it is */
    TRAIT_FATHER,
    TRAIT_BIRTH, /* days, as all of these */
    TRAIT_DEATH,
    TRAIT_ARREST,
    TRAIT_TRIAL, /* a hearing or a sentence */
    TRAIT_PLACE,
    TRAIT_PRISON,
    TRAIT_COURT,
    TRAIT_BRANCH,
    TRAIT_JUDGE,
    TRAIT_CHARGE,
    TRAIT_SENTENCE,
    TRAIT_OCCUPATION,
    TRAIT_NATIONALITY,
    TRAIT_POST, /* the title before the name */
    TRAIT_ROLE, /* a label */
    TRAIT_RELATIVE,
    TRAIT_COMPANION, /* the name of somebody named together with them */
    TRAIT_TEXT,      /* one text names both, one of them by a part of the other's name */
    TRAIT_TOGETHER,  /* one sentence or list names both */
    TRAITS
};

/* "given name", "arrested": as the table and reasons call it. */
const char *trait_name(enum trait);

/* How two values of a trait are compared. */
enum trait_measure {
    TRAIT_AS_NAME, /* a person's */
    TRAIT_AS_TEXT,
    TRAIT_AS_LABEL, /* the same or not */
    TRAIT_AS_DAYS,  /* the first and the last day that it may have been */
};
enum trait_measure trait_measure(enum trait);

struct trait_value {
    enum trait trait;
    struct str text;     /* as written; borrowed */
    uint64_t hash;       /* of its letters, or of its days */
    uint64_t sound;      /* of texts and names: what they sound like (spelling.h) */
    int32_t first, last; /* days since 1970-01-01 */
};

struct portrait_name {
    struct str written;                 /* borrowed */
    struct str given_text, family_text; /* as compared */
    struct spelling given, family;      /* of a lone name, `given` alone */
    uint64_t given_sound, family_sound, whole_sound;
    uint32_t given_signature, family_signature; /* letters_signature */
    bool given_known, family_known;             /* letters_are_known */
};

enum { PORTRAIT_NAMES = 4, PORTRAIT_DAYS = 800 };

struct portrait {
    uint64_t text; /* which text: the same number for one text */
    uint64_t id;   /* which portrait: an order that is theirs, not that of their coming */
    struct portrait_name *names;
    size_t names_count;
    struct trait_value *values; /* by trait, each once */
    size_t values_count;
    size_t names_room, values_room;
    struct arena *arena;
};

/* What is told lies in the arena; strings are borrowed. spelling_start and
 * likeness_start come before. */
void portrait_begin(struct portrait *, struct arena *, uint64_t text, uint64_t id);

/* A name that the text gives them, aliases too; what is no name, or one too many, is left out. */
void portrait_name(struct portrait *, struct str name);

/* A value in words, or of TRAIT_AS_DAYS a date (EDTF); dates of no use, empty or open or longer
 * than PORTRAIT_DAYS days, are left out. */
void portrait_tell(struct portrait *, enum trait, struct str value);
void portrait_tell_days(struct portrait *, enum trait, struct str text, int64_t first,
                        int64_t last);

/* After all was told. */
void portrait_end(struct portrait *);

/* Whether a portrait's names are lone words, all of them. */
bool portrait_is_lone(const struct portrait *);

/* Its values of one trait: the first, and their number in *count. */
const struct trait_value *portrait_values(const struct portrait *, enum trait, size_t *count);

/* Whether a name looks like a person's: at most five words, none of them small letters in the midst
 * of others with a capital unless data/names/particles.tsv has it, not all in capitals. */
bool name_is_personal(struct str name);

#endif
