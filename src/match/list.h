/* Lists of people as matching sees them: for each record one number a feature, which stands for a
 * value that many records share. */
#ifndef GOVAH_MATCH_LIST_H
#define GOVAH_MATCH_LIST_H

#include "match/fields.h"
#include "match/values.h"

enum {
    LIST_FEATURES = 16,
    LIST_NOTES = 64,
    LIST_FILES = 64,
};

/* How two values of a feature are compared. */
enum measure {
    MEASURE_NAME,
    MEASURE_TEXT,
    MEASURE_CODE,
    MEASURE_DATE,
    MEASURE_AGE,
    MEASURE_SORT, /* the same or not */
};

struct feature {
    enum field field;
    size_t order; /* among the features of that field: address_1, address_2 */
    enum measure measure;
    bool shared; /* relatives and neighbours have it in common */
    struct values *values;
    char name[48]; /* the first heading that gave it */
};

/* The features that the comparison of names knows by place; FEATURE_REST is the first of others. */
enum { FEATURE_GIVEN, FEATURE_FAMILY, FEATURE_OTHER, FEATURE_FATHER, FEATURE_BIRTH, FEATURE_REST };

struct list {
    struct feature features[LIST_FEATURES];
    size_t features_count;
    struct values names;                 /* of given, family, other and father's names */
    struct values values[LIST_FEATURES]; /* of each other feature */
    size_t records;
    uint32_t *slots; /* features_count a record, 0 for missing */
    size_t slots_room;
    char *ids; /* each ended by a NUL */
    size_t ids_len, ids_room;
    bool numbered;   /* a list had no ids: its records are called by their number */
    uint64_t *id_at; /* of each record, in ids */
    uint8_t *files;  /* of each record, which file */
    size_t files_count;
    struct str notes[LIST_NOTES]; /* what was assumed and what was odd, a line each */
    size_t notes_count;
    struct arena arena; /* of the notes */
};

/* What the command line says of the columns: "heading=field" pairs, and the id's heading. */
struct list_wishes {
    struct str fields; /* "name=full_name,dob=birth_date"; empty: by their headings alone */
    struct str id;     /* heading, or empty */
    size_t threads;
};

void list_init(struct list *);
void list_release(struct list *);

/* Adds the records of a file. A fault names the row and the column; what is read right though it is
 * odd becomes a note. */
MUST_USE enum outcome list_read(struct list *, const char *path, const struct list_wishes *,
                                struct fault *why);

/* Counts become rarities; after the last file. */
void list_weigh(struct list *);

void list_note(struct list *, const char *format, ...) PRINTF_LIKE(2, 3);

static inline const uint32_t *list_record(const struct list *l, size_t record)
{
    return l->slots + record * l->features_count;
}

struct str record_id(const struct list *, size_t record);

/* What a record is, whatever its place: of its values and its id, unless that is its number. */
uint64_t list_record_hash(const struct list *, size_t record);

#endif
